import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A program under test in a process of its own, so that its CPU is its own. */
export interface Subject {
  /** What it said when ready (URL, tokens …). */
  ready: unknown
  /** CPU seconds (user + system) that it has used so far, as it counts them itself. */
  cpuSeconds(): Promise<number>
  /** @throws when it ends instead of answering. */
  ask(question: object): Promise<unknown>
  stop(): Promise<void>
}

/** Starts `bench/subjects/<file>`; the subject speaks the protocol of `subjects/serve-subject.ts`. */
export async function startSubject(file: string, settings: object = {}, execArgv: string[] = []): Promise<Subject> {
  const child = fork(new URL(`./subjects/${file}`, import.meta.url), [JSON.stringify(settings)], { execArgv })
  const ended = once(child, 'exit')
  const message = async (): Promise<unknown> => {
    const waiting = new AbortController()
    const died = ended.then(([code, signal]) => {
      throw new Error(`bench/subjects/${file} ended with ${signal ?? `exit code ${code}`}`)
    })
    try {
      const [said] = await Promise.race([once(child, 'message', { signal: waiting.signal }), died])
      return said
    } finally {
      waiting.abort()
    }
  }
  const ask = (question: object): Promise<unknown> => {
    child.send(question)
    return message()
  }
  return {
    ready: await message(),
    ask,
    cpuSeconds: async () => (await ask({ ask: 'cpu' })) as number,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
