// An embedded relay in a process of its own, so that it can be killed: node relay-process.mjs <flag file> <port>
import { createRelay } from '@halyard/relay';

const [source, port] = process.argv.slice(2);
const logger = { error: console.error, warn: console.warn, info() {}, debug() {} };
const relay = await createRelay({ source, port: Number(port), logger });
process.send({ port: relay.port });
process.on('disconnect', () => relay.close());
