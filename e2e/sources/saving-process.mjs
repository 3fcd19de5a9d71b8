// Writes one cache file after the other, as fast as it can, until it is killed: node saving-process.mjs <cache> <round>
import { LocalProvider, layered } from '@halyard/provider-local';

const [cache, round] = process.argv.slice(2);
const filler = 'x'.repeat(200_000);
const quiet = { error() {}, warn() {}, info() {}, debug() {} };
let revision = 0;
let changed = () => {};

const source = {
  describe: () => 'flags that change',
  async load() {
    const value = `${round}.${++revision}`;
    const flag = { variations: { v: value }, defaultRule: { variation: 'v' }, metadata: { filler } };
    return { version: value, documents: [{ origin: 'made', definitions: { first: flag, last: flag } }] };
  },
  watch: (onChange) => (changed = onChange),
};

const provider = new LocalProvider({ source: layered([source], { cache }), logger: quiet });
await provider.initialize();
process.send('running');
setInterval(() => changed(), 1);
