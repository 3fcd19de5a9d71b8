import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PERIOD_MS = 50;
const LIMIT_MS = 30_000;

/** How a process is run. */
export interface RunOptions {
  /** What comes before `node`. */
  readonly within?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const running = new Set<DrivenProcess>();

/** For `afterAll`: ends what is left, frozen or not. */
export function killAll(): void {
  for (const process of running) process.signal('SIGKILL');
}

/**
 * A program of this folder in a process of its own, which an unhandled rejection would end. Takes commands as lines of
 * JSON, answers each with a line, and begins with one.
 */
export class DrivenProcess {
  readonly #child: ChildProcess;
  readonly #answers: ((line: string) => void)[] = [];
  readonly #exit: Promise<string>;
  #errors = '';
  #last: Promise<unknown>;

  constructor(program: string, settings: object, { within = [], env = {} }: RunOptions = {}) {
    const node = [process.execPath, '--unhandled-rejections=strict', join(__dirname, program)];
    const command = [...within, ...node, JSON.stringify(settings)];
    const options = { env: { ...process.env, ...env }, stdio: 'pipe' } as const;
    const child = spawn(command[0] as string, command.slice(1), options);
    this.#child = child;
    running.add(this);
    child.stderr.on('data', (text) => (this.#errors += String(text)));
    // a process that is gone takes no commands; what it was asked is answered by its end
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stdout }).on('line', (line) => this.#answers.shift()?.(line));
    this.#exit = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        running.delete(this);
        resolve(`${code ?? signal}${this.#errors && `: ${this.#errors}`}`);
      });
    });
    this.#last = this.#answer();
    // who waits for it is told; nobody may
    this.#last.catch(() => undefined);
  }

  /** What it says first. */
  ready<T>(): Promise<T> {
    return this.#last as Promise<T>;
  }

  /** The answer to a command; rejects if the process ends instead. */
  async tell<T>(command: object): Promise<T> {
    await this.#last;
    this.#child.stdin?.write(`${JSON.stringify(command)}\n`);
    this.#last = this.#answer();
    return this.#last as Promise<T>;
  }

  /** Repeats a command until its answer is as it should be. */
  async until<T>(what: string, command: object, isSo: (answer: T) => boolean): Promise<T> {
    const end = performance.now() + LIMIT_MS;
    for (;;) {
      const answer = await this.tell<T>(command);
      if (isSo(answer)) return answer;
      if (performance.now() > end) throw new Error(`never happened: ${what}; but ${JSON.stringify(answer)}`);
      await new Promise((resolve) => void setTimeout(resolve, PERIOD_MS));
    }
  }

  /** `SIGSTOP`: accepts connections, and answers nothing until `SIGCONT`. */
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
    this.#child.kill(signal);
  }

  /** Lets it end by itself. Returns the exit code, with what it had to complain about: `'0'` if all is well. */
  ended(): Promise<string> {
    this.#child.stdin?.end();
    return this.#exit;
  }

  async killed(): Promise<void> {
    this.signal('SIGKILL');
    await this.#exit;
  }

  async #answer(): Promise<unknown> {
    const line = new Promise<string>((resolve) => void this.#answers.push(resolve));
    const ended = this.#exit.then((how) => Promise.reject(new Error(`the process ended with ${how}`)));
    return JSON.parse(await Promise.race([line, ended])) as unknown;
  }
}
