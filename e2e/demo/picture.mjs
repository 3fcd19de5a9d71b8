// The stage as text: who talks to whom, and what both providers answer.
import { styleText } from 'node:util';

const isColoured = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
const paint = (style, text) => (isColoured ? styleText(style, text) : text);

const ways = {
  websocket: 'told by WebSocket',
  sse: 'told by server-sent events',
  poll: 'polling',
  none: 'told nothing',
};

function wiring(stage) {
  const { remote, local } = stage.states;
  const relay = stage.isRelayUp ? paint('green', 'relay: up  ') : paint('red', 'relay: dead');
  const link = stage.isRelayUp ? '<===>' : paint('red', '<-X->');
  const colour = (state) => paint(state === 'ready' ? 'green' : 'yellow', state);
  const way = remote.changes === undefined ? '' : `, ${ways[remote.changes]}`;
  return [
    `  flags.yaml ---> ${relay} ${link} RemoteProvider: ${colour(remote.state)}${way}`,
    `       +----------------------------> LocalProvider:  ${colour(local.state)}`,
  ];
}

/** Applications know the kind of a flag; a picture of any flags is told. */
const askers = {
  boolean: (client, key, user) => client.getBooleanDetails(key, false, user),
  string: (client, key, user) => client.getStringDetails(key, '', user),
  number: (client, key, user) => client.getNumberDetails(key, 0, user),
  object: (client, key, user) => client.getObjectDetails(key, {}, user),
};

/** Objects are equal whatever the order of their properties. */
function inOrder(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, inOrder(value[name])]),
  );
}

async function answer(client, { key, kind, user }) {
  const { value, reason, errorCode } = await askers[kind](client, key, user);
  return { value: JSON.stringify(inOrder(value)), reason: errorCode ?? reason };
}

const text = ({ value, reason }) => `${value} (${reason})`;

/** The answers of both providers for some users, in columns: value and reason as an application gets them. */
async function answersTable(stage, users) {
  const rows = [['flag', 'user', 'remote', 'local', '']];
  const { clients } = stage;
  for (const key of stage.keys) {
    for (const user of users) {
      const question = { key, kind: stage.kindOf(key, user), user };
      const [remote, local] = [await answer(clients.remote, question), await answer(clients.local, question)];
      const verdict = remote.value === local.value ? 'same' : 'differs';
      rows.push([key, user.targetingKey, text(remote), text(local), verdict]);
    }
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row, index) => {
    const line = `  ${row.map((cell, column) => cell.padEnd(widths[column])).join('  ')}`.trimEnd();
    if (index === 0) return paint('bold', line);
    return row.at(-1) === 'differs' ? paint('yellow', line) : line;
  });
}

/** One picture: a title, who talks to whom, and the answers. */
export async function picture(title, stage, users) {
  const rule = '-'.repeat(Math.max(4, 95 - title.length));
  const lines = [`--- ${title} ${rule}`, '', ...wiring(stage), '', ...(await answersTable(stage, users)), ''];
  return `\n${lines.join('\n')}`;
}
