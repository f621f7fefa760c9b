import { isPlanted } from '../../faults/is-planted.ts'
import type { FileRefusal, StoredFile } from '../../messages.ts'
import type { Environment } from '../environment.ts'
import { isAgentSide, type Session } from '../session.ts'
import { emptyShelf, type SharedFile } from './file-shelf.ts'

export const fileTransfer = 'client-file-transfer'

/** The seven that are options under the same names (OQ-16). */
const optionNames = [
  'download-attempts',
  'upload-max-files',
  'upload-max-file-size',
  'upload-max-total-size',
  'upload-need-agent',
  'upload-file-types',
  'delete-file',
] as const

/** All ten, as texts (CV2-163). */
export function limitsOf({ options }: Environment, session: Session): Record<string, string> {
  const { uploads, uploadedBytes, downloads } = session.files ?? emptyShelf
  return {
    ...Object.fromEntries(optionNames.map(name => [name, options.text(fileTransfer, name)])),
    'used-upload-max-files': String(uploads),
    'used-upload-max-total-size': String(uploadedBytes),
    'used-download-attempts': String(downloads),
  }
}

/** Why the customer may not upload this file; the first of several reasons counts (CV2-168 to CV2-171). */
export function refusedUpload(environment: Environment, session: Session, file: StoredFile): FileRefusal | undefined {
  const { options, faults } = environment
  const { uploads, uploadedBytes } = session.files ?? emptyShelf
  const limit = (name: string) => options.integer(fileTransfer, name)
  if (options.flag(fileTransfer, 'upload-need-agent') && !hadAgent(environment, session)) return 'no-agent'
  if (uploads >= limit('upload-max-files') + (isPlanted(faults, 'one-file-too-many') ? 1 : 0)) return 'too-many-files'
  if (!isAllowedType(environment, file)) return 'wrong-type'
  if (file.sizeBytes > limit('upload-max-file-size')) return 'too-large'
  if (file.sizeBytes === 0 && isPlanted(faults, 'empty-file-refused')) return 'too-large'
  const isOverTotal = uploadedBytes + file.sizeBytes > limit('upload-max-total-size')
  return isOverTotal && !isPlanted(faults, 'total-size-ignored') ? 'too-large' : undefined
}

/** One that has left meanwhile has accepted the chat all the same. */
function hadAgent({ faults }: Environment, session: Session): boolean {
  if (isPlanted(faults, 'bot-allows-upload')) return session.parties.length > 1
  return session.parties.some(party => isAgentSide(party.from.type))
}

/** By the extension, in whatever case (CV2-170); a name without one has no allowed type. */
function isAllowedType({ options, faults }: Environment, { name }: StoredFile): boolean {
  const allowed = options.text(fileTransfer, 'upload-file-types')
  const dot = isPlanted(faults, 'first-extension-counts') ? name.indexOf('.') : name.lastIndexOf('.')
  const extension = dot < 0 ? '' : name.slice(dot + 1)
  if (isPlanted(faults, 'file-types-case-sensitive')) return allowed.split(':').includes(extension)
  return extension !== '' && allowed.toLowerCase().split(':').includes(extension.toLowerCase())
}

/** CV2-177, CV2-184. */
export function refusedDownload(
  { options, faults }: Environment,
  session: Session,
  file: SharedFile | undefined,
): FileRefusal | undefined {
  if (!file) return 'unknown-file'
  if (file.source === 'agent' && isPlanted(faults, 'agent-files-private')) return 'not-permitted'
  if (file.source === 'client' && isPlanted(faults, 'own-files-write-only')) return 'not-permitted'
  const attempts = isPlanted(faults, 'download-attempts-of-the-session') ? session.files!.downloads : file.downloads
  return attempts >= options.integer(fileTransfer, 'download-attempts') ? 'no-attempt-left' : undefined
}

/** CV2-179, CV2-185. */
export function refusedDeletion(environment: Environment, file: SharedFile | undefined): FileRefusal | undefined {
  if (!file) return 'unknown-file'
  if (file.source === 'agent' && !isPlanted(environment.faults, 'agent-files-deleted')) return 'not-permitted'
  return environment.options.flag('refserver', 'client-file-delete') ? undefined : 'not-permitted'
}

/** CV2-180: "odd" and all that is not known keep the slot taken. */
export function returnsSlot({ options, faults }: Environment): boolean {
  if (isPlanted(faults, 'odd-returns-slot')) return true
  return ['even', 'true', 'yes'].includes(options.text(fileTransfer, 'delete-file').toLowerCase())
}
