import { hearsayOf, lookOf } from '../../protocol/stream/row-sequence.ts'
import type { ShardRow } from '../../protocol/stream/shard-stream.ts'

/**
 * Without a collector: what each CometD customer has heard, held against the whole transcript that it asks for before it leaves.
 * A chat that another side ends asks for none, and is judged for doubles and order alone.
 */
export interface Hearing {
  /** @returns what is wrong with it. */
  notified(row: ShardRow, message: string): 'duplicate' | 'out-of-order' | undefined
  answered(row: ShardRow, answer: string): void
  /** Nothing more comes. */
  lost(): number
}

interface Heard {
  indexes: Set<number>
  /** What answers to resumes showed: over long polling a notification of it may still be on the other connection. */
  shown: Set<number>
  highest: number
  /** Of customers that are pushed as well: newer than what they knew when they asked, so the answer may be all that there is. */
  excused: Set<number>
  /** Of others, by the whole transcript. */
  transcript: number[]
}

interface Event {
  index?: number
  from?: { participantId?: number }
}

export function createHearing(): Hearing {
  const sessions = new Map<number, Heard>()
  let lost = 0

  function of(session: number): Heard {
    const known = sessions.get(session)
    if (known) return known
    const heard = {
      indexes: new Set<number>(),
      shown: new Set<number>(),
      excused: new Set<number>(),
      highest: 0,
      transcript: [],
    }
    sessions.set(session, heard)
    return heard
  }

  return {
    notified(row, message) {
      const index = eventsIn(message, true)[0]?.index
      if (index === undefined) return undefined
      const heard = of(row.session)
      const mayBeLate = !hearsayOf(row).isInOrder
      if (heard.indexes.has(index)) {
        if (mayBeLate && heard.shown.delete(index)) return undefined
        return 'duplicate'
      }
      heard.indexes.add(index)
      if (index < heard.highest && !mayBeLate) return 'out-of-order'
      heard.highest = Math.max(heard.highest, index)
      return undefined
    },
    answered(row, answer) {
      const { session, operation, status } = row
      if (status !== 200) return
      const look = lookOf(row)
      if (look)
        for (const { index = 0 } of eventsIn(answer, false)) if (index > look.knownTo) of(session).excused.add(index)
      if (operation === 'requestChat' || operation === 'resume') {
        const heard = of(session)
        for (const { index } of eventsIn(answer, false)) {
          if (index === undefined || heard.indexes.has(index)) continue
          heard.indexes.add(index)
          heard.shown.add(index)
          heard.highest = Math.max(heard.highest, index)
        }
      } else if (operation === 'finalRefresh') {
        const others = eventsIn(answer, false).filter(({ from }) => from?.participantId !== 1)
        of(session).transcript = others.flatMap(({ index }) => index ?? [])
      }
    },
    lost() {
      for (const { transcript, indexes, excused } of sessions.values())
        lost += transcript.filter(index => !indexes.has(index) && !excused.has(index)).length
      sessions.clear()
      return lost
    },
  }
}

function eventsIn(text: string, isMessage: boolean): Event[] {
  try {
    const parsed = JSON.parse(text)
    const messages = (isMessage ? parsed?.data : parsed)?.messages
    return Array.isArray(messages) ? messages.filter(each => each !== null && typeof each === 'object') : []
  } catch {
    return []
  }
}
