/** What a customer knows of the files of its chat, and what it has done with them. */
export interface SharedFiles {
  limits: FileLimits | undefined
  /** Uploads that were tried. */
  tried: number
  accepted: number
  acceptedBytes: number
  /** Newest accepted file. */
  fileId: string
  fileBytes: number
  downloads: number
  isUploadNext: boolean
}

export interface FileLimits {
  maxFiles: number
  maxFileBytes: number
  maxTotalBytes: number
  /** Colon-separated extensions. */
  types: string
  needsAgent: boolean
  downloadAttempts: number
}

/** One file request, and how it is to end: 0 = accepted, else the code of the refusal, -1 = nobody can know. */
export type FileTurn =
  | { operation: 'fileGetLimits'; expected: -1 }
  | { operation: 'fileUpload'; name: string; bytes: number; expected: number }
  | { operation: 'fileDownload'; fileId: string; bytes: number; expected: number }

/** 4.4; a download has only its HTTP status. */
export const refusedAs = { count: 201, size: 202, type: 203, download: 500 } as const
/** A larger one would measure k6 and not the target. */
const largestTooLarge = 256 * 1024
/** After the limit of files one upload in so many requests is tried all the same. */
const triedEach = 8

export function noFiles(): SharedFiles {
  return {
    limits: undefined,
    tried: 0,
    accepted: 0,
    acceptedBytes: 0,
    fileId: '',
    fileBytes: 0,
    downloads: 0,
    isUploadNext: true,
  }
}

/**
 * What a customer does next with files: it asks for the limits, then uploads and downloads by turns. Its second upload is of
 * a forbidden type and its fourth too large; when it may upload no more, it tries that now and then and downloads.
 */
export function nextFileTurn(files: SharedFiles, bytes: number): FileTurn {
  const { limits } = files
  if (!limits) return { operation: 'fileGetLimits', expected: -1 }
  return files.isUploadNext ? uploadTurn(files, limits, bytes) : downloadTurn(files, limits)
}

function uploadTurn(files: SharedFiles, limits: FileLimits, usual: number): FileTurn {
  const types = limits.types.split(':')
  const upload = (name: string, bytes: number, expected: number): FileTurn => ({
    operation: 'fileUpload',
    name,
    bytes,
    // An agent may not have joined yet, which a customer learns late.
    expected: expected === 0 && limits.needsAgent && files.accepted === 0 ? -1 : expected,
  })
  const name = `file.${types[0]}`
  const bytes = Math.min(usual, limits.maxFileBytes)
  if (isFull(files)) return upload(name, bytes, refusedAs.count)
  const number = files.tried + 1
  if (number % 4 === 2 && !types.includes('exe')) return upload('program.exe', bytes, refusedAs.type)
  if (number % 4 === 0 && limits.maxFileBytes < largestTooLarge)
    return upload(name, limits.maxFileBytes + 1, refusedAs.size)
  const isOverTotal = files.acceptedBytes + bytes > limits.maxTotalBytes
  return upload(name, bytes, isOverTotal ? refusedAs.size : 0)
}

function isFull({ accepted, limits }: SharedFiles): boolean {
  return limits !== undefined && accepted >= limits.maxFiles
}

function downloadTurn({ fileId, fileBytes, downloads }: SharedFiles, { downloadAttempts }: FileLimits): FileTurn {
  const expected = downloads >= downloadAttempts ? refusedAs.download : 0
  return { operation: 'fileDownload', fileId, bytes: fileBytes, expected }
}

/** What the customer has learnt from an answer; `body` of a download is not looked at. */
export function learnt(files: SharedFiles, turn: FileTurn, status: number, body: string): SharedFiles {
  switch (turn.operation) {
    case 'fileGetLimits':
      return { ...files, limits: limitsIn(body) }
    case 'fileUpload': {
      const fileId = status === 200 ? fileIdIn(body) : ''
      const tried = { ...files, tried: files.tried + 1, isUploadNext: files.fileId === '' && fileId === '' }
      if (fileId === '') return tried
      const acceptedBytes = files.acceptedBytes + turn.bytes
      return { ...tried, accepted: files.accepted + 1, acceptedBytes, fileId, fileBytes: turn.bytes, downloads: 0 }
    }
    case 'fileDownload': {
      const downloads = files.downloads + 1
      return { ...files, downloads, isUploadNext: !isFull(files) || downloads % triedEach === 0 }
    }
  }
}

function limitsIn(body: string): FileLimits | undefined {
  const values = parsed(body).messages?.[0]?.userData
  if (!values) return undefined
  const number = (name: string) => {
    const value = Number(values[name])
    return Number.isFinite(value) ? value : 0
  }
  return {
    maxFiles: number('upload-max-files'),
    maxFileBytes: number('upload-max-file-size'),
    maxTotalBytes: number('upload-max-total-size'),
    types: String(values['upload-file-types'] ?? ''),
    needsAgent: values['upload-need-agent'] === 'true',
    downloadAttempts: number('download-attempts'),
  }
}

function fileIdIn(body: string): string {
  const { statusCode, userData } = parsed(body)
  return statusCode === 0 ? String(userData?.['file-id'] ?? '') : ''
}

interface Answer {
  statusCode?: number
  messages?: { userData?: Record<string, unknown> }[]
  userData?: Record<string, unknown>
}

function parsed(body: string): Answer {
  try {
    return JSON.parse(body) ?? {}
  } catch {
    return {}
  }
}
