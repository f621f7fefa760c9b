import type { FileSource, StoredFile } from '../../messages.ts'

/** What a session knows of its files: plain data, replaced and never changed, so that a stored state is a copy. */
export interface FileShelf {
  files: readonly SharedFile[]
  /** Accepted uploads of the customer minus returned slots (CV2-164, OQ-16). */
  uploads: number
  /** Their bytes, likewise. */
  uploadedBytes: number
  /** Of the customer, all files together. */
  downloads: number
}

export interface SharedFile extends StoredFile {
  source: FileSource
  /** Of the customer. */
  downloads: number
}

export const emptyShelf: FileShelf = Object.freeze({ files: [], uploads: 0, uploadedBytes: 0, downloads: 0 })

export function fileOf(shelf: FileShelf | undefined, fileId: string | undefined): SharedFile | undefined {
  return shelf?.files.find(file => file.fileId === fileId)
}

export function withFile(shelf: FileShelf, file: StoredFile, source: FileSource): FileShelf {
  const isCounted = source === 'client'
  return {
    ...shelf,
    files: [...shelf.files, { ...file, source, downloads: 0 }],
    uploads: shelf.uploads + (isCounted ? 1 : 0),
    uploadedBytes: shelf.uploadedBytes + (isCounted ? file.sizeBytes : 0),
  }
}

/** `returnsSlot`: the customer may upload as much again (CV2-180). */
export function withoutFile(shelf: FileShelf, file: SharedFile, returnsSlot: boolean): FileShelf {
  const isReturned = returnsSlot && file.source === 'client'
  return {
    ...shelf,
    files: shelf.files.filter(each => each !== file),
    uploads: shelf.uploads - (isReturned ? 1 : 0),
    uploadedBytes: shelf.uploadedBytes - (isReturned ? file.sizeBytes : 0),
  }
}

export function withDownload(shelf: FileShelf, file: SharedFile): FileShelf {
  return {
    ...shelf,
    files: shelf.files.map(each => (each === file ? { ...each, downloads: each.downloads + 1 } : each)),
    downloads: shelf.downloads + 1,
  }
}
