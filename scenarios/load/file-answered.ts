import { takeTokens } from './answer.ts'
import { fileContent } from './file-content.ts'
import { hasTokens, peek } from './peek.ts'
import type { Session } from './session.ts'
import { type FileTurn, learnt } from './shared-files.ts'

/**
 * What an answer to a file request means to the session: a refused file does not end it (CV2-034, CV2-172).
 * @returns what is told of the answer: of a file that came, only whether it is the one that was uploaded.
 */
export function fileAnswered(session: Session, turn: FileTurn, status: number, body: string): string {
  session.fileTurn = undefined
  session.files = session.files && learnt(session.files, turn, status, body)
  if (status !== 200) return body
  if (turn.operation === 'fileDownload')
    return JSON.stringify({ fileBytes: body.length, isSame: body === fileContent(turn.bytes) })
  const { statusCode, chatEnded } = peek(body)
  if (chatEnded) {
    session.state = 'over'
    session.triggeredMs = 0
  } else if (statusCode === 0 && !hasTokens(body, session.secureKey, session.alias)) takeTokens(session, body)
  return body
}
