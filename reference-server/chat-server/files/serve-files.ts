import { isPlanted } from '../../faults/is-planted.ts'
import type { ChatRequest, FileLimits, FileRefusal, FileSource, StoredFile } from '../../messages.ts'
import type { Environment } from '../environment.ts'
import { removeCustomer } from '../removal.ts'
import { customerOf, type Party, type Session } from '../session.ts'
import { copyText, copyUserData } from '../stored-text.ts'
import { append, type NewEvent } from '../transcript.ts'
import { limitsOf, refusedDeletion, refusedDownload, refusedUpload, returnsSlot } from './file-limits.ts'
import { emptyShelf, fileOf, type SharedFile, withDownload, withFile, withoutFile } from './file-shelf.ts'

/** What a file request of the customer came to; what it adds to the answer, or why it is refused. */
export type FileResult = { limits?: FileLimits; file?: StoredFile } | FileRefusal

export function serveFiles(environment: Environment, session: Session, request: ChatRequest): FileResult {
  const shelf = session.files ?? emptyShelf
  const file = fileOf(shelf, request.fileId)
  switch (request.operation) {
    case 'fileUpload': {
      const uploaded = request.file!
      const refused = refusedUpload(environment, session, uploaded)
      if (refused) {
        afterRefusal(environment, session, uploaded, refused)
        return refused
      }
      share(environment, session, customerOf(session), uploaded, request.userData)
      return { file: uploaded }
    }
    case 'fileDownload': {
      const refused = refusedDownload(environment, session, file)
      if (refused) return refused
      session.files = withDownload(shelf, file!)
      return { file: file! }
    }
    case 'fileDelete': {
      const refused = refusedDeletion(environment, file)
      if (refused === 'unknown-file' && isPlanted(environment.faults, 'deletion-of-nothing-succeeds')) return {}
      if (refused) return refused
      unshare(environment, session, customerOf(session), file!)
      return {}
    }
    default:
      if (isPlanted(environment.faults, 'limits-take-an-index'))
        append(environment, session, customerOf(session), { type: 'Notice', text: 'file-client-cfg-get' })
      return {
        limits: {
          from: customerOf(session).from,
          utcTime: Math.floor(environment.now() / 1000) * 1000,
          values: limitsOf(environment, session),
        },
      }
  }
}

/** Documented is that nothing happens. */
function afterRefusal(environment: Environment, session: Session, file: StoredFile, reason: FileRefusal): void {
  const { faults } = environment
  if (isPlanted(faults, 'refused-file-removes-customer')) removeCustomer(environment, session, 4)
  if (reason !== 'wrong-type') return
  const shelf = session.files ?? emptyShelf
  if (isPlanted(faults, 'refused-uploads-counted')) session.files = { ...shelf, uploads: shelf.uploads + 1 }
  if (isPlanted(faults, 'refused-upload-makes-event'))
    append(environment, session, customerOf(session), uploadedEvent(file, 'client', undefined))
}

/** The file is the session's, and everybody in it sees that (CV2-166, CV2-167, OQ-20). */
export function share(
  environment: Environment,
  session: Session,
  party: Party,
  { fileId, name, type, sizeBytes }: StoredFile,
  metadata: Record<string, string> | undefined,
): void {
  const source: FileSource = party === customerOf(session) ? 'client' : 'agent'
  const file: StoredFile = { fileId, name: copyText(name), type: copyText(type), sizeBytes }
  session.files = withFile(session.files ?? emptyShelf, file, source)
  append(environment, session, party, uploadedEvent(file, source, metadata))
  if (isPlanted(environment.faults, 'upload-makes-two-events'))
    append(environment, session, party, uploadedEvent(file, source, metadata))
}

function uploadedEvent(file: StoredFile, source: FileSource, metadata: Record<string, string> | undefined): NewEvent {
  return {
    type: 'FileUploaded',
    text: file.name,
    userData: {
      ...copyUserData(metadata),
      'file-id': file.fileId,
      'file-name': file.name,
      'file-size': String(file.sizeBytes),
      'file-source': source,
    },
  }
}

/** Gone for everybody (CV2-178). */
export function unshare(environment: Environment, session: Session, party: Party, file: SharedFile): void {
  if (!isPlanted(environment.faults, 'deleted-file-stays')) {
    session.files = withoutFile(session.files ?? emptyShelf, file, returnsSlot(environment))
    environment.dropFile(file.fileId)
  }
  append(environment, session, party, {
    type: 'FileDeleted',
    text: file.name,
    userData: { 'file-id': file.fileId },
  })
}
