import { type Readable, Transform } from 'node:stream'
import { Busboy, type BusboyConfig, type BusboyFileStream } from '@fastify/busboy'
import type { FileStore } from '../../actors.ts'
import type { FaultGate } from '../../faults/gate.ts'
import { isPlanted } from '../../faults/is-planted.ts'
import type { StoredFile } from '../../messages.ts'
import type { Form } from '../form.ts'
import { RefusedBody } from '../refused-body.ts'
import { type RequestError, requestErrors } from '../request-error.ts'
import { fileType, typesAsSent } from './file-type.ts'

/** A multipart form; its file is in the store already, unless the store is full. */
export interface UploadForm {
  form: Form
  file?: StoredFile | 'full'
}

export interface UploadSettings {
  /** Of the whole body. */
  maxBytes: number
  mostFields: number
  mostFieldBytes: number
  /** Where its file goes; undefined = files are read and thrown away. */
  file: { store: FileStore; isTaken: IsTaken } | undefined
  fault?: (() => FaultGate | undefined) | undefined
}

/** By the fields that came before the file; false = it is read and thrown away. */
export type IsTaken = (form: Form) => boolean

/** Metadata becomes part of an event, which is pushed and kept as long as the chat: far more than the API documents. */
export const uploadLimits = { mostFields: 100, mostFieldBytes: 64 * 1024 }
/** Parts without a name, and files that nobody takes: each costs the parser as much as a field. */
const mostOtherParts = 20
const headerLimits = { headerPairs: 20, headerSize: 16 * 1024 }
const sliceBytes = 4096
/** What file systems take. */
const longestNameBytes = 255

/**
 * Reads a form as it comes: of a file only what is on its way to the disk is in memory. Rejects with RefusedBody when there
 * is nothing left of the file.
 */
export function readUpload(
  body: Readable,
  headers: { 'content-type'?: string | undefined; 'content-length'?: string | undefined },
  { maxBytes, mostFields, mostFieldBytes, file: wanted, fault }: UploadSettings,
): Promise<UploadForm> {
  return new Promise((resolve, reject) => {
    if (Number(headers['content-length'] ?? 0) > maxBytes) return reject(new RefusedBody(requestErrors.bodyTooLarge))
    const limits = {
      ...headerLimits,
      fields: mostFields,
      fieldSize: mostFieldBytes,
      parts: mostFields + mostOtherParts,
    }
    const parser = parserOf(headers['content-type'] ?? '', limits, isPlanted(fault, 'path-kept-in-name'))
    if (!parser) return reject(new RefusedBody(requestErrors.malformed('no multipart form')))
    const slices = inSlices()
    const form: Form = new URLSearchParams()
    let content: BusboyFileStream | undefined
    let upload: Promise<StoredFile | 'full'> | undefined
    let length = 0
    let isOver = false

    const refuse = (refusal: RequestError) => {
      if (isOver) return
      isOver = true
      body.unpipe(slices)
      slices.unpipe(parser)
      // The client gets to read the answer only when it has said all.
      body.resume()
      content?.destroy(new Error(refusal.advice))
      const forget = async () => {
        const file = await upload?.catch(() => undefined)
        if (typeof file === 'object') wanted?.store.remove(file.fileId)
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
      else if (!isOver && name !== undefined) form.append(name.replaceAll('%22', '"'), value)
    })
    const typeAsSent = typesAsSent(parser)
    parser.on('file', (field, stream, sentName, _encoding, type) => {
      const name = unescaped(sentName)
      stream.on('error', () => {})
      // A browser sends an empty name for a file that nobody has chosen.
      if (isOver || !wanted || field !== 'file' || !name || !wanted.isTaken(form)) return void stream.resume()
      if (upload && isPlanted(fault, 'second-file-ignored')) return void stream.resume()
      const wrong = upload ? requestErrors.malformed('more than one file') : wrongName(name)
      if (wrong) {
        stream.resume()
        return refuse(wrong)
      }
      content = stream
      upload = keep(wanted.store, stream, name, fileType(typeAsSent(), type))
      upload.catch(() => stream.resume())
    })
    parser.on('fieldsLimit', () => refuse(requestErrors.malformed(`more than ${mostFields} fields`)))
    parser.on('partsLimit', () => refuse(requestErrors.malformed(`more than ${limits.parts} parts`)))
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
    body.pipe(slices).pipe(parser)
  })
}

/** The parser can only be stopped between two pieces, and of one of 64 KiB it may make thousands of parts before. */
function inSlices(): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (let at = 0; at < chunk.length; at += sliceBytes) this.push(chunk.subarray(at, at + sliceBytes))
      done()
    },
  })
}

/** Of a name only what stands behind the last separator (CV2-183). */
function parserOf(contentType: string, limits: BusboyConfig['limits'], preservePath: boolean) {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits, preservePath, isPartAFile })
  } catch {
    return undefined
  }
}

/** By its name alone: a field may say that it is of any type. */
function isPartAFile(_field: string | undefined, _type: string | undefined, name: string | undefined): boolean {
  return name !== undefined
}

async function keep(store: FileStore, stream: Readable, name: string, type: string): Promise<StoredFile | 'full'> {
  const kept = await store.put(stream)
  return kept === 'full' ? kept : { ...kept, name, type }
}

/** CV2-183 is about separators, which are gone by now; a name with control characters is no name (decisions). */
function wrongName(name: string): RequestError | undefined {
  if (/\p{Cc}/u.test(name)) return requestErrors.malformed('control characters in the file name')
  if (Buffer.byteLength(name) > longestNameBytes)
    return requestErrors.malformed(`a file name longer than ${longestNameBytes} bytes`)
  return undefined
}

/** Browsers and curl write a quote that way; a line break that they write alike would be refused, and stays as it is. */
function unescaped(name: string | undefined): string | undefined {
  return name?.replaceAll('%22', '"')
}
