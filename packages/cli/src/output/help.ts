/** What `halyard --help` says. */
export const halyardHelp = `Usage: halyard <command> [options]

Commands:
  serve <flags…>   serve flag files as a GO Feature Flag relay does

Options:
  -h, --help       show this, or the options of a command
  -v, --version    show the version
`;

/** What `halyard serve --help` says. */
export const serveHelp = `Usage: halyard serve <flags…> [options]

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
  -h, --help             show this
  -v, --version          show the version
`;
