import { Agent } from 'undici';
import type { ClosableTransport } from '../../src/index.ts';
import { fetchTransport } from '../../src/index.ts';
import { nodeTransport } from '../../src/server.ts';

const agents: Agent[] = [];

afterEach(async () => {
  for (const agent of agents.splice(0)) await agent.destroy();
});

function usersAgent(): Agent {
  const agent = new Agent();
  agents.push(agent);
  return agent;
}

/** Every way in which requests are sent on Node; they must all stand the same. */
export const transportKinds: Readonly<Record<string, (maxBodyBytes?: number) => ClosableTransport>> = {
  pool: (maxBodyBytes) => nodeTransport(maxBodyBytes === undefined ? {} : { maxBodyBytes }),
  fetch: (maxBodyBytes) => fetchTransport(globalThis.fetch, maxBodyBytes === undefined ? {} : { maxBodyBytes }),
  dispatcher: (maxBodyBytes) =>
    nodeTransport({ dispatcher: usersAgent(), ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }) }),
};
