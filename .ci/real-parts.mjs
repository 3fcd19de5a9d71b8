// The real parts that some tests want to ask, and what brings each: a name and a command.
const script = (file) => [process.execPath, [file]];

export const realParts = [
  { name: 'relay proxy', command: script('e2e/relay/build-relay.mjs') },
  { name: 'servers', command: script('e2e/sources/install-servers.mjs') },
];
