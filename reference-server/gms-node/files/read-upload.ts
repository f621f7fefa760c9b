import type { Readable } from 'node:stream'
import { Busboy, type BusboyFileStream } from '@fastify/busboy'
import type { FileStore } from '../../actors.ts'
import type { FaultGate } from '../../faults/gate.ts'
import { isPlanted } from '../../faults/is-planted.ts'
import type { StoredFile } from '../../messages.ts'
import type { Form } from '../form.ts'
import { RefusedBody } from '../form-parsers.ts'
import { type RequestError, requestErrors } from '../request-error.ts'

/** A multipart form; its file is in the store already, unless the store is full. */
export interface UploadForm {
  form: Form
  file?: StoredFile | 'full'
}

export interface UploadSettings {
  store: FileStore
  /** Of the whole body. */
  maxBytes: number
  /** By the fields that came before the file; false = it is read and thrown away. */
  takesFile(form: Form): boolean
  fault?: (() => FaultGate | undefined) | undefined
}

/** Metadata becomes part of an event, which is pushed and kept as long as the chat: far more than the API documents. */
const limits = { fields: 100, fieldSize: 64 * 1024, headerPairs: 20, headerSize: 16 * 1024 }
/** What file systems take. */
const longestNameBytes = 255

/**
 * Reads a form as it comes: of a file only what is on its way to the disk is in memory. Rejects with RefusedBody when there
 * is nothing left of the file.
 */
export function readUpload(
  body: Readable,
  headers: { 'content-type'?: string | undefined; 'content-length'?: string | undefined },
  { store, maxBytes, takesFile, fault }: UploadSettings,
): Promise<UploadForm> {
  return new Promise((resolve, reject) => {
    if (Number(headers['content-length'] ?? 0) > maxBytes) return reject(new RefusedBody(requestErrors.bodyTooLarge))
    const parser = parserOf(headers['content-type'] ?? '', isPlanted(fault, 'path-kept-in-name'))
    if (!parser) return reject(new RefusedBody(requestErrors.malformed('no multipart form')))
    const form: Form = new URLSearchParams()
    let content: BusboyFileStream | undefined
    let upload: Promise<StoredFile | 'full'> | undefined
    let length = 0
    let isOver = false

    const refuse = (refusal: RequestError) => {
      if (isOver) return
      isOver = true
      body.unpipe(parser)
      // The client gets to read the answer only when it has said all.
      body.resume()
      content?.destroy(new Error(refusal.advice))
      const forget = async () => {
        const file = await upload?.catch(() => undefined)
        if (typeof file === 'object') store.remove(file.fileId)
      }
      void forget().then(() => reject(new RefusedBody(refusal)))
    }
    const finish = () => {
      if (isOver) return
      isOver = true
      if (upload) upload.then(file => resolve({ form, file }), reject)
      else resolve({ form })
    }

    parser.on('field', (name, value, _isNameCut, isCut) => {
      if (isCut) refuse(requestErrors.bodyTooLarge)
      else if (name !== undefined) form.append(name, value)
    })
    parser.on('file', (field, stream, name, _encoding, type) => {
      stream.on('error', () => {})
      // A browser sends an empty name for a file that nobody has chosen.
      if (isOver || field !== 'file' || !name || !takesFile(form)) return void stream.resume()
      if (upload && isPlanted(fault, 'second-file-ignored')) return void stream.resume()
      const wrong = upload ? requestErrors.malformed('more than one file') : wrongName(name)
      if (wrong) {
        stream.resume()
        return refuse(wrong)
      }
      content = stream
      upload = keep(store, stream, name, type)
      upload.catch(() => stream.resume())
    })
    parser.on('fieldsLimit', () => refuse(requestErrors.malformed(`more than ${limits.fields} fields`)))
    parser.on('error', () => refuse(requestErrors.malformed('no whole multipart form')))
    parser.on('finish', finish)
    body.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > maxBytes) refuse(requestErrors.bodyTooLarge)
    })
    body.on('error', () => refuse(requestErrors.malformed('the body was cut off')))
    body.on('close', () => {
      if (!body.readableEnded) refuse(requestErrors.malformed('the body was cut off'))
    })
    body.pipe(parser)
  })
}

/** Of a name only what stands behind the last separator (CV2-183). */
function parserOf(contentType: string, preservePath: boolean) {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits, preservePath })
  } catch {
    return undefined
  }
}

async function keep(store: FileStore, stream: Readable, name: string, type: string): Promise<StoredFile | 'full'> {
  const kept = await store.put(stream)
  return kept === 'full' ? kept : { ...kept, name, type: contentType(type) }
}

/** CV2-183 is about separators, which are gone by now; a name with control characters is no name (decisions). */
function wrongName(name: string): RequestError | undefined {
  if (/\p{Cc}/u.test(name)) return requestErrors.malformed('control characters in the file name')
  if (Buffer.byteLength(name) > longestNameBytes)
    return requestErrors.malformed(`a file name longer than ${longestNameBytes} bytes`)
  return undefined
}

/** It comes back as a header of the download (CV2-174), so what is no type is none. */
function contentType(type: string): string {
  return type.length <= 127 && /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type) ? type : 'application/octet-stream'
}
