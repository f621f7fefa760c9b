import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A program under test in a process of its own, so that its CPU is its own. */
export interface Subject {
  /** What it said when ready (URL, tokens …). */
  ready: unknown
  /** CPU seconds (user + system) that it has used so far, as it counts them itself. */
  cpuSeconds(): Promise<number>
  ask(question: object): Promise<unknown>
  stop(): Promise<void>
}

/** Starts `bench/subjects/<file>`; the subject speaks the protocol of `subjects/serve-subject.ts`. */
export async function startSubject(file: string, settings: object = {}, execArgv: string[] = []): Promise<Subject> {
  const child = fork(new URL(`./subjects/${file}`, import.meta.url), [JSON.stringify(settings)], { execArgv })
  const [ready] = await once(child, 'message')
  const ask = async (question: object): Promise<unknown> => {
    child.send(question)
    const [answer] = await once(child, 'message')
    return answer
  }
  return {
    ready,
    ask,
    cpuSeconds: async () => (await ask({ ask: 'cpu' })) as number,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
