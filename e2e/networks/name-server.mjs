// A name server that knows one name, or none: node name-server.mjs '{ "host": … }'. Takes commands as lines of JSON:
// { "address": … } is what every name stands for from now on; null: there is no such name.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { createInterface } from 'node:readline';

const HEADER_BYTES = 12;
const TYPES = { A: 1, AAAA: 28 };
const NO_SUCH_NAME = 3;
const { host } = JSON.parse(process.argv[2]);
let address = null;

/** An IPv6 address here has one `::` and nothing of four bytes behind it. */
function bytesOf(text) {
  if (!isIPv6(text)) return Buffer.from(text.split('.').map(Number));
  const [start, end] = text.split('::').map((part) => part.split(':').filter(Boolean));
  const groups = [...start, ...Array(8 - start.length - end.length).fill('0'), ...end];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

function answerTo(query) {
  const end = query.indexOf(0, HEADER_BYTES) + 5;
  const question = query.subarray(HEADER_BYTES, end);
  const type = query.readUInt16BE(end - 4);
  const isKnown = address !== null && type === (isIPv6(address) ? TYPES.AAAA : TYPES.A);
  const header = Buffer.alloc(HEADER_BYTES);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8580 | (address === null ? NO_SUCH_NAME : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(isKnown ? 1 : 0, 6);
  if (!isKnown) return Buffer.concat([header, question]);
  const data = bytesOf(address);
  const record = Buffer.alloc(HEADER_BYTES);
  record.writeUInt16BE(0xc00c, 0); // the name in the question
  record.writeUInt16BE(type, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt16BE(data.length, 10);
  return Buffer.concat([header, question, record, data]);
}

const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
socket.on('message', (query, { port, address: asker }) => socket.send(answerTo(query), port, asker));
socket.bind(53, host);
await once(socket, 'listening');
const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
tell({});
for await (const line of createInterface({ input: process.stdin })) {
  ({ address } = JSON.parse(line));
  tell({});
}
process.exit();
