import { requestTimeoutMs } from './chat-rest.ts'
import { atRest, type OpenShard } from './open-shard.ts'

/** No request outlives its timeout; an action behind it has one more. */
const answerLimitMs = 2 * requestTimeoutMs + 2_000

/**
 * Ends a run so that every event can be accounted for: what is under way settles; each live session looks once at all
 * that it has; then it leaves, and its leave push settles too.
 */
export async function drain(open: OpenShard, perSecond: number): Promise<void> {
  const { report } = open
  await answeredAll(open)
  await report.settled('quiet')
  await eachLive(open, 'finalRefresh', perSecond)
  await report.settled('refreshed')
  await eachLive(open, 'disconnect', perSecond)
  await report.settled('left')
}

async function answeredAll({ shard, ticker }: OpenShard): Promise<void> {
  await ticker.until(shard.isQuiet, answerLimitMs)
  shard.giveUp()
}

/** Paced, since a burst of all sessions at once would measure itself. */
async function eachLive(open: OpenShard, operation: 'finalRefresh' | 'disconnect', perSecond: number): Promise<void> {
  const { shard, ticker, shards } = open
  const sessions = [...shard.sessions.values()].filter(({ state }) => state === 'live')
  const baseMs = open.now()
  let next = 0
  open.onTick(nowMs => {
    for (; next < sessions.length; next++) {
      const plannedMs = baseMs + (next * shards * 1_000) / perSecond
      if (plannedMs > nowMs) return plannedMs
      const session = sessions[next]!
      if (session.state === 'live') shard.act(session, { operation, plannedMs })
    }
    return Number.POSITIVE_INFINITY
  })
  await ticker.until(() => next === sessions.length, (sessions.length * shards * 1_000) / perSecond + answerLimitMs)
  open.onTick(atRest)
  await answeredAll(open)
}
