import { isHalyardError } from '@halyard/core';
import type { DialectName } from '../arguments/invocation.ts';
import type { Finding } from '../findings/finding.ts';
import { byPlace, findingAt, findingOf, findingsOf } from '../findings/finding.ts';
import type { Host } from '../ports/host.ts';
import type { DecodedFlags } from './flag-file.ts';
import { arrangeFlags, readFlagFile, rulesetNames } from './flag-file.ts';
import { shownName } from './flag-source.ts';

/** What there is to say about one file. */
export interface Judgement {
  /** Undefined if it cannot be decoded. */
  readonly decoded: DecodedFlags | undefined;
  /** How many, refused ones included. */
  readonly flags: number;
  /** In the order of the text. */
  readonly findings: readonly Finding[];
}

/**
 * Reads one file and finds everything that is wrong with it, and odd about it.
 *
 * @throws HalyardError `CONFIG_INVALID` for an extension that tells no format
 */
export async function judgeFile(file: string, dialect: DialectName | undefined, host: Host): Promise<Judgement> {
  const name = shownName(file);
  let decoded: DecodedFlags | undefined;
  try {
    decoded = await readFlagFile(file, dialect, host);
    return judgeDecoded(name, decoded);
  } catch (error) {
    if (!isHalyardError(error) || error.code === 'CONFIG_INVALID') throw error;
    const ofText = decoded === undefined ? [] : findingsOfText(name, decoded);
    return { decoded, flags: 0, findings: byPlace([...findingsOf(name, error, decoded?.locate), ...ofText]) };
  }
}

function judgeDecoded(file: string, decoded: DecodedFlags): Judgement {
  // all rulesets are judged, whichever is looked at
  const [ruleset] = rulesetNames(decoded);
  const { arranged, set } = arrangeFlags(decoded, ruleset);
  const ofFlags = set.diagnostics().map((found) => ({ ...found, path: [found.flag, ...found.path] }));
  const findings = [...arranged.diagnostics, ...ofFlags].map((found) => findingAt(file, decoded.locate, found));
  return { decoded, flags: set.size, findings: byPlace([...findings, ...findingsOfText(file, decoded)]) };
}

const findingsOfText = (file: string, { oddities }: DecodedFlags): readonly Finding[] =>
  oddities().map((oddity) => findingOf(file, oddity));

/** Those findings that cost a flag, or the whole file. */
export function errorsAmong(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}
