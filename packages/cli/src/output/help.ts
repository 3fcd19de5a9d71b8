import type { CommandName } from '../arguments/invocation.ts';

const general = `  -h, --help             show this
  -v, --version          show the version
`;

const dialect = '  --dialect <name>       goff or ruleset; by default what the file looks like';

const halyardHelp = `Usage: halyard <command> [options]

Commands:
  serve <flags…>        serve flag files as a GO Feature Flag relay does
  lint <flags…>         tell what is wrong with flag files, and where
  eval <flags> <key>    tell what a flag answers, and why
  types <flags…>        write the keys of flags down as TypeScript types
  convert <flags>       write flags down in another dialect
  help [command]        show this, or the options of a command

Options:
  -h, --help       show this, or the options of a command
  -v, --version    show the version

Exit codes: 0 all was well, 1 something was found to be wrong, 2 wrong use, or an output that cannot be written.
With --json, what makes a command impossible, wrong use included, is one line of the output:
{"event":"error","message":"…"}
`;

const serveHelp = `Usage: halyard serve <flags…> [options]

Serves files of flags (.yaml, .yml, .json, .toml) over the HTTP interface of GO Feature Flag's relay proxy, and follows
their changes. Of a flag that several files define, the last file counts. Without files: the one that HALYARD_FLAGS
names, else flags.yaml, flags.yml, flags.json or flags.toml in the working directory.

For demos, tests and development; not for production.

Options:
  -p, --port <port>      where to listen; 1031 by default, 0 for any free port
  --host <address>       127.0.0.1 by default: this machine only
  --api-key <key>        a key that may evaluate, several times for several; HALYARD_API_KEYS, with commas
  --admin-key <key>      a key that may have the flags loaded anew; HALYARD_ADMIN_KEYS, with commas
  --export <file|log>    where events go: a file of JSON lines, or the output
  --enrich <name=value>  an attribute merged over every context; the value is JSON or text
  --json                 one JSON object a line, for programs
${general}`;

const lintHelp = `Usage: halyard lint <flags…> [options]

Tells everything that is wrong with files of flags, and odd about them, with line and column. Each file is judged by
itself; - is standard input. Exit code 1 if something costs a flag or a file, 0 if there are warnings only.

Options:
${dialect}
  --json                 one JSON object, for programs
${general}`;

const evalHelp = `Usage: halyard eval <flags> <key> [options]

Tells what a flag answers to a context. The flags are in a file, at an address, or on standard input: -. Exit code 1 if
the answer is an error.

Options:
  -c, --context <json>   the evaluation context, as in '{"targetingKey":"ada"}'; empty by default
  --default <json>       served if there is no answer; its kind is the kind asked for
  --kind <kind>          boolean, string, number or object; by default any
  --explain              tell how the answer comes about
${dialect}
  --ruleset <name>       the active ruleset; by default the only one
  --enrich <name=value>  an attribute merged over the context; the value is JSON or text
  --json                 one JSON object, for programs
${general}`;

const typesHelp = `Usage: halyard types <flags…> [options]

Writes a declaration file with the keys of all flags, so that TypeScript knows a key that does not exist. The same flags
give the same text. With a flag that is refused nothing is written. A file called - is standard input.

Options:
  -o, --out <file.d.ts>  where to write; by default the output. A file that is right already is left untouched
${dialect}
  --ruleset <name>       the only ruleset that counts; by default all of them
  --json                 the kinds of each flag as one JSON object, for programs
${general}`;

const convertHelp = `Usage: halyard convert <flags> --to goff|ruleset [options]

Writes flags down in another dialect where no answer changes by it, and says what would change where it does: then
nothing is written, and the exit code is 1. An answer is value, variant and error code, for every context. A file called
- is standard input.

Options:
  --to <dialect>         goff or ruleset
  -o, --out <file>       where to write (.yaml, .yml, .json); by default the output
  --format <format>      yaml or json; by default that of the file
  --ruleset <name>       the ruleset to convert; for --to ruleset what the new one is called, "default" by default
  --targeting-key-only   I know that contexts name users by a text in targetingKey, and never by user_id, userId or id
  --rename-variants      variants may be called "on" and "baseline" afterwards, for --to ruleset
  --json                 one JSON object, for programs
${general}`;

/** What `--help` says, for each command and for all of them. */
export const helpTexts: Readonly<Record<'halyard' | CommandName, string>> = {
  halyard: halyardHelp,
  serve: serveHelp,
  lint: lintHelp,
  eval: evalHelp,
  types: typesHelp,
  convert: convertHelp,
};
