import { isPlanted } from '../faults/is-planted.ts'
import type { AgentDesk, SessionView } from '../messages.ts'
import type { Environment } from './environment.ts'
import { fileOf } from './files/file-shelf.ts'
import { share, unshare } from './files/serve-files.ts'
import { touch } from './life-cycle.ts'
import { closeSession, removeCustomer, removeParty } from './removal.ts'
import type { Extension } from './restoration.ts'
import { customerOf, nextParticipantId, nextPosition, type Party, type Session } from './session.ts'
import { append, type NewEvent } from './transcript.ts'

export interface DeskParts {
  /** Of the present start; asked for only while a session is there. */
  environment(): Environment
  /** @returns a session that is not over. */
  live(chatId: string): Session | undefined
  /** Live or ended not long ago. */
  known(chatId: string): Session | undefined
  /** Brings a session back from the store, where that is allowed to agents or the workflow (CS-089). */
  restore(chatId: string, who: Extension): Session | undefined
  /** Runs an action on a session as one step of the server: deadlines and observers follow it. */
  step<Result>(session: Session, action: () => Result): Result
  observe: AgentDesk['observe']
}

export function createAgentDesk(parts: DeskParts): AgentDesk {
  function act(chatId: string, participantId: number, action: (session: Session, party: Party) => void): boolean {
    const session = parts.live(chatId)
    const party = session && findParty(session, participantId)
    // The customer acts through GMS, not at a desk.
    if (!session || !party?.present || party === customerOf(session)) return false
    parts.step(session, () => action(session, party))
    return true
  }

  function isShutOut({ transcript }: Session): boolean {
    const wasRestored = transcript.some(event => event.userData?.['quit-reason-code'] === '8')
    const { faults } = parts.environment()
    return wasRestored && isPlanted(faults, 'agent-shut-out-after-restoration')
  }

  function write(chatId: string, participantId: number, event: NewEvent): boolean {
    return act(chatId, participantId, (session, party) => {
      const environment = parts.environment()
      append(environment, session, party, event)
      if (isPlanted(environment.faults, 'agent-keeps-customer')) touch(environment, session)
    })
  }

  return {
    observe: parts.observe,
    join(chatId, nickname, type = 'Agent') {
      const session = parts.live(chatId) ?? parts.restore(chatId, type === 'External' ? 'esp' : 'agent')
      if (!session || isShutOut(session)) return undefined
      const participantId = nextParticipantId(session)
      return parts.step(session, () => {
        const party: Party = { from: { nickname, participantId, type }, present: true }
        session.parties.push(party)
        append(parts.environment(), session, party, { type: 'ParticipantJoined' })
        return participantId
      })
    },
    say: (chatId, participantId, text, options) =>
      write(chatId, participantId, {
        type: 'Message',
        text,
        messageType: options?.messageType,
        agentOnly: options?.agentOnly === true,
      }),
    type: (chatId, participantId, started, text) =>
      write(chatId, participantId, { type: started ? 'TypingStarted' : 'TypingStopped', text }),
    pushUrl: (chatId, participantId, url) => write(chatId, participantId, { type: 'PushUrl', text: url }),
    notice: (chatId, participantId, text, agentOnly = false) =>
      write(chatId, participantId, { type: 'CustomNotice', text, agentOnly }),
    rename: (chatId, participantId, nickname) =>
      act(chatId, participantId, (session, party) => {
        party.from = { ...party.from, nickname }
        append(parts.environment(), session, party, { type: 'NicknameUpdated', text: nickname })
      }),
    upload: (chatId, participantId, file, metadata) =>
      act(chatId, participantId, (session, party) => share(parts.environment(), session, party, file, metadata)),
    deleteFile(chatId, participantId, fileId) {
      const file = fileOf(parts.live(chatId)?.files, fileId)
      return (
        file !== undefined &&
        act(chatId, participantId, (session, party) => unshare(parts.environment(), session, party, file))
      )
    },
    leave: (chatId, participantId) =>
      act(chatId, participantId, (session, party) => removeParty(parts.environment(), session, party, 0)),
    remove(chatId, participantId, target) {
      const session = parts.live(chatId)
      const other = session && findParty(session, target)
      if (!session || !other?.present) return false
      return act(chatId, participantId, () => {
        if (other === customerOf(session)) removeCustomer(parts.environment(), session, 4)
        else removeParty(parts.environment(), session, other, 4)
      })
    },
    close: (chatId, participantId) =>
      act(chatId, participantId, (session, party) => {
        const environment = parts.environment()
        removeParty(environment, session, party, 0)
        if (!isPlanted(environment.faults, 'close-leaves-customer')) closeSession(environment, session, 4)
      }),
    stopByWorkflow(chatId) {
      const session = parts.live(chatId) ?? parts.restore(chatId, 'esp')
      if (!session) return false
      parts.step(session, () => closeSession(parts.environment(), session, 5))
      return true
    },
    view(chatId) {
      const session = parts.known(chatId)
      return session && viewOf(session)
    },
  }
}

function findParty(session: Session, participantId: number): Party | undefined {
  return session.parties.find(party => party.from.participantId === participantId)
}

function viewOf(session: Session): SessionView {
  const resend = session.push?.resend
  const waits = resend !== undefined && resend.phase !== 'quiet'
  return {
    chatId: session.chatId,
    service: session.service,
    async: session.isAsync,
    over: session.over,
    startedAt: session.startedAtMs,
    userData: { ...session.userData },
    parties: session.parties.map(party => ({
      ...party.from,
      present: party.present,
      ...(party === customerOf(session) ? { state: session.lifeState } : {}),
    })),
    transcript: session.transcript.slice(),
    readReceipts: session.readReceipts?.slice() ?? [],
    files: session.files?.files.map(file => ({ ...file })) ?? [],
    nextPosition: nextPosition(session),
    ...(session.node?.isConnected ? { node: session.node.name } : {}),
    ...(session.push
      ? {
          push: {
            mode: resend ? ('trigger' as const) : ('event' as const),
            waiting: resend?.phase === 'waiting',
            attempt: waits ? resend.attempt : 0,
            position: waits ? resend.position : session.retrieved,
          },
        }
      : {}),
  }
}
