import { lossKinds, type ShardRow } from '../../protocol/stream/shard-stream.ts'
import { rowOf } from './answer.ts'
import type { CometCustomer, CometSettings } from './comet-customer.ts'

/** Customers whose connection is lost: why, what their new tries meet, and their return by requestNotifications (CV2-131). */
export interface Absence {
  /** Or goes on. @param why undefined: it is told when it is known what else failed. */
  begin(customer: CometCustomer, why?: string): void
  /** There is a connection (again). With the last known key and position, whether the CometD session is the old one or a new one. */
  resume(customer: CometCustomer): void
  /**
   * With the next connect, where the client has lost its way as well. But a request may fail alone, with 502 from a proxy or on
   * a connection of its own, while the poll is held as if nothing had been: then no connect would ever follow.
   */
  resumeLater(customer: CometCustomer): void
  resumeIfDue(customer: CometCustomer, nowMs: number): void
  /** The resume was answered, or never will be. */
  end(customer: CometCustomer, row: ShardRow, answer: string): void
  /** It never comes back. */
  giveUp(customer: CometCustomer): void
}

interface AbsenceSettings extends Pick<CometSettings, 'now' | 'away' | 'back' | 'gone' | 'lost'> {
  /** @returns the id under which its outcome is told. */
  request(customer: CometCustomer, row: ShardRow): string
  wakeAt(customer: CometCustomer, atMs: number): void
}

const requestAlone = 'a request failed, the connection did not'

export function createAbsence(settings: AbsenceSettings): Absence {
  const { now } = settings

  function tell({ session }: CometCustomer, kind: (typeof lossKinds)[number], why: string) {
    const nowMs = now()
    const row = rowOf(session.plan.session, 'loss', nowMs, nowMs)
    row.sent = nowMs
    row.answered = nowMs
    row.sequence = lossKinds.indexOf(kind)
    settings.lost(row, why)
  }

  function tellLoss(customer: CometCustomer, why: string) {
    if (customer.isLossTold) return
    customer.isLossTold = true
    tell(customer, customer.isCut ? 'cut' : 'connection', why)
  }

  function resume(customer: CometCustomer) {
    const { awaySinceMs, session, resumed } = customer
    if (awaySinceMs === undefined || resumed) return
    tellLoss(customer, requestAlone)
    const nowMs = now()
    const row = rowOf(session.plan.session, 'resume', awaySinceMs, nowMs)
    row.sent = nowMs
    row.position = session.nextPosition
    row.sequence = customer.isCut ? 1 : 0
    customer.resumed = { row, id: '' }
    customer.resumed.id = settings.request(customer, row)
  }

  return {
    begin(customer, why) {
      const { session, awaySinceMs, isLossTold } = customer
      if (awaySinceMs === undefined && session.state !== 'live') {
        if (session.state === 'starting' && why !== undefined) tell(customer, 'first try', why)
        return
      }
      if (awaySinceMs === undefined) {
        customer.awaySinceMs = now()
        customer.isLossTold = false
        settings.away(session)
      }
      if (why === undefined) return
      if (awaySinceMs !== undefined && isLossTold) tell(customer, 'new try', why)
      else tellLoss(customer, why)
    },
    resume,
    resumeLater(customer) {
      const { client, resumeFailures } = customer
      customer.resumeAtMs = now() + (resumeFailures === 0 ? 0 : client.settings.backoffMs(resumeFailures))
      customer.resumeFailures += 1
      settings.wakeAt(customer, customer.resumeAtMs)
    },
    resumeIfDue(customer, nowMs) {
      if (nowMs < customer.resumeAtMs) return
      customer.resumeAtMs = Number.POSITIVE_INFINITY
      if (customer.client.state === 'connected') resume(customer)
    },
    end(customer, row, answer) {
      customer.resumed = undefined
      customer.awaySinceMs = undefined
      customer.resumeFailures = 0
      customer.isCut = false
      settings.back(customer.session, row, answer)
    },
    giveUp(customer) {
      customer.resumed = undefined
      const { awaySinceMs, session } = customer
      if (awaySinceMs === undefined) return
      tellLoss(customer, requestAlone)
      customer.awaySinceMs = undefined
      settings.gone(session, awaySinceMs)
    },
  }
}
