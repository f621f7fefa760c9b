import { errors, request } from 'undici'

/** The reference server's scripted agent, steered over the control API. */
export interface AgentSteering {
  /** Joins and answers from now on; unprompted messages from `startMs` (epoch ms) on, when it is given. */
  play(script: { ratePerSecond: number; startMs?: number }): Promise<void>
  /** No unprompted work any more, then waits until nothing is owed. */
  rest(): Promise<void>
}

/** Long enough that a chat is subscribed before its agent joins, short enough to be there for the first message. */
const joinDelay = 'uniform(200ms,800ms)'
const pollMs = 100
/** An agent that owes answers for longer than this is stuck; the ledger then says what is missing. */
const longestRestMs = 60_000
/** A server that stands still holds up neither the run nor its drain. */
const longestAnswerMs = 30_000

/** The server does not answer: its failure, not ours. */
export class SilentServerError extends Error {}

export function steerAgent(
  controlUrl: string,
  settings: { run: string; seed: number; replyDelay: string },
  answerLimitMs = longestAnswerMs,
): AgentSteering {
  const { run, seed, replyDelay } = settings
  const call = async (method: 'GET' | 'PUT' | 'POST', path: string, body?: object) => {
    const answer = await request(`${controlUrl}${path}`, {
      method,
      headersTimeout: answerLimitMs,
      bodyTimeout: answerLimitMs,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    }).catch(error => {
      if (!(error instanceof errors.HeadersTimeoutError)) throw error
      throw new SilentServerError(`the reference server did not answer its control port for ${answerLimitMs / 1_000} s`)
    })
    const text = await answer.body.text()
    if (answer.statusCode >= 300) throw new Error(`the agent refused its script: ${text}`)
    return JSON.parse(text) as { pending: number }
  }
  return {
    async play(script) {
      await call('PUT', '/agent-script', { run, seed, joinDelay, replyDelay, ...script })
    },
    async rest() {
      await call('POST', '/agent-script/drain')
      const end = performance.now() + longestRestMs
      while ((await call('GET', '/agent-script')).pending > 0 && performance.now() < end) {
        await new Promise(resolve => setTimeout(resolve, pollMs))
      }
    },
  }
}
