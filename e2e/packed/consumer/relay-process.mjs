// A relay in a process of its own; ends with the one that started it.
import { createRelay } from '@halyard/relay';

const definition = { variations: { on: true }, defaultRule: { variation: 'on' } };
const relay = await createRelay({ source: { f: definition }, port: 0, logger: console });
process.send({ url: relay.url });
process.on('disconnect', () => process.exit());
