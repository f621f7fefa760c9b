import type { StoreConnection } from '../actors.ts'
import { isPlanted } from '../faults/is-planted.ts'
import type { ChatRequest, Refusal } from '../messages.ts'
import { lineBehind } from './comet/attach-line.ts'
import { type Environment, settings } from './environment.ts'
import { touch } from './life-cycle.ts'
import type { RegisteredNode } from './node-registry.ts'
import { retryUnsent } from './resend.ts'
import { normalise, sessionFrom } from './restore-session.ts'
import { isRestorable } from './save-session.ts'
import { renewKey } from './secure-key.ts'
import type { Session } from './session.ts'
import type { StoredSession } from './stored-session.ts'

/** Who besides the client may bring a session back, by the words of `session-restore-extend-by` (CS-089). */
export type Extension = 'agent' | 'esp'

export interface RestorationParts {
  store: StoreConnection
  environment: Environment
  isStopping(): boolean
  isLimited(): boolean
  /** The session is this server's from now on; deadlines and observers follow the action. */
  take(session: Session, action: () => void): void
}

export interface Restoration {
  byClient(request: ChatRequest, node: RegisteredNode | undefined): Session | Refusal
  byOther(chatId: string, who: Extension): Session | undefined
}

/** Sessions that no running server has come back from the store, when somebody who may asks for one (CS-080). */
export function createRestoration({ store, environment, isStopping, isLimited, take }: RestorationParts): Restoration {
  const { options, faults } = environment

  function find(chatId: string): StoredSession | Refusal {
    if (!isRestorable(options)) return 'not-here'
    if (isStopping() || store.isFailing()) return 'unavailable'
    if (isLimited() && isPlanted(faults, 'limit-refuses-restoration')) return 'limited'
    const stored = store.find(chatId)
    if (stored?.isOwned && !isPlanted(faults, 'returned-instance-reclaims')) return 'unavailable'
    return stored ?? 'not-here'
  }

  function restore(session: Session, isByClient: boolean): Session {
    touch(environment, session)
    take(session, () => {
      normalise(environment, session)
      // The client's own request decides for itself whether something is left to be announced.
      if (!isByClient) retryUnsent(environment, session)
      environment.log('session restored', session, { events: session.transcript.length })
    })
    return session
  }

  return {
    byClient(request, node) {
      const stored = find(request.chatId)
      if (typeof stored === 'string') return stored
      // Nobody's request, so nobody's restoration (CV2-105).
      if (request.userId !== '' && stored.facts.userId !== request.userId) return 'unknown-user'
      const session = sessionFrom(request.chatId, stored)
      if (isPlanted(faults, 'subscription-not-restored')) session.push = undefined
      if (isPlanted(faults, 'restoration-reuses-index')) session.transcript.pop()
      // CV2-187: without a request of the client no answer tells it a new key.
      const isUnasked = request.operation === 'reattach' && !isPlanted(faults, 'key-changes-untold')
      if (!isUnasked && !isPlanted(faults, 'key-kept-at-restoration')) renewKey(environment, session)
      session.comet = lineBehind(request, node)
      return restore(session, true)
    },
    byOther(chatId, who) {
      const word = options.text(settings, 'session-restore-extend-by')
      if (word !== who && word !== 'both' && !isPlanted(faults, 'everybody-restores')) return undefined
      const stored = find(chatId)
      if (typeof stored === 'string') return undefined
      // The customer keeps its key: no answer tells it a new one.
      const session = sessionFrom(chatId, stored)
      if (!options.flag(settings, 'session-restore-push-send')) session.push = undefined
      return restore(session, false)
    },
  }
}
