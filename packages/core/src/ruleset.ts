export { rulesetDialect } from './dialects/ruleset/ruleset-dialect.ts';
