import { fileContent } from './file-content.ts'
import type { Session } from './session.ts'
import type { FileTurn } from './shared-files.ts'

/** k6 takes it for what it is; a text as long and as odd is in no content of ours. */
export const uploadBoundary = 'chatgauge-f1b7d2c94e'

/** Path and body of the REST file call (table 3.1); the operation's last path segment comes with the request. */
export function fileRequest(session: Session, turn: FileTurn): { url: string; body: string } {
  switch (turn.operation) {
    case 'fileGetLimits':
      return { url: `${session.url}file/`, body: session.tokens }
    case 'fileDownload':
      return { url: `${session.url}file/${encodeURIComponent(turn.fileId)}/`, body: session.tokens }
    case 'fileUpload': {
      const { userId, secureKey, alias } = session
      const fields = Object.entries({ userId, secureKey, alias })
        .map(([name, value]) => part(`name="${name}"`, value))
        .join('')
      const head = `name="file"; filename="${turn.name}"\r\nContent-Type: text/plain`
      return {
        url: session.url,
        body: `${fields}${part(head, fileContent(turn.bytes))}--${uploadBoundary}--\r\n`,
      }
    }
  }
}

function part(head: string, content: string): string {
  return `--${uploadBoundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`
}
