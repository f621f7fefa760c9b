import type { Answer } from './answer.ts'
import { type Fields, formBody, multipart } from './chat-form.ts'
import type { RawRequest } from './customer.ts'
import { type FilePart, multipartWithFiles } from './multipart-files.ts'

export type FileOperation = 'fileGetLimits' | 'fileUpload' | 'fileDownload' | 'fileDelete'

/** The file calls of one chat, in one of the two forms of the API. */
export interface Files {
  limits(encoding?: Encoding): Promise<Answer>
  /** Without a name it is `note.txt`, without content `hello`. */
  upload(file?: Partial<FilePart>, metadata?: Fields): Promise<Answer>
  /** `bytes` of the answer are the file. */
  download(fileId: string, encoding?: Encoding): Promise<Answer>
  delete(fileId: string, encoding?: Encoding): Promise<Answer>
  /** An operation with these fields on top; `undefined` takes one away. */
  post(operation: FileOperation, fields?: Fields, fileId?: string): Promise<Answer>
  /** An upload of which head and body are written by hand, or any number of files. */
  send(
    request: { headers: Readonly<Record<string, string>>; body: string | Buffer } | readonly FilePart[],
  ): Promise<Answer>
}

export type Encoding = 'urlencoded' | 'multipart'

/** Where the calls go, and what tells the chat. */
export interface FileDoor {
  path(operation: FileOperation, fileId?: string): string
  fields(operation: FileOperation, fileId?: string): Fields
  send(operation: FileOperation, said: string, request: RawRequest): Promise<Answer>
}

export function createFiles(door: FileDoor): Files {
  const ask = (operation: FileOperation, said: string, fileId?: string, fields: Fields = {}, encoding?: Encoding) => {
    const all = { ...door.fields(operation, fileId), ...fields }
    const request =
      encoding === 'multipart'
        ? multipart(all)
        : { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: formBody(all) }
    return door.send(operation, said, { path: door.path(operation, fileId), ...request })
  }
  const upload = (parts: readonly FilePart[], said: string, fields: Fields = {}) =>
    door.send('fileUpload', said, {
      path: door.path('fileUpload'),
      ...multipartWithFiles({ ...door.fields('fileUpload'), ...fields }, parts),
    })

  return {
    limits: encoding => ask('fileGetLimits', 'asks for the file limits', undefined, {}, encoding),
    upload({ name = 'note.txt', content = 'hello', type } = {}, metadata = {}) {
      const data = Object.entries(metadata).map(([key, value]) => [`userData[${key}]`, value])
      const said = `uploads ${JSON.stringify(name)} of ${Buffer.byteLength(content)} bytes`
      return upload([{ name, content, ...(type && { type }) }], said, Object.fromEntries(data))
    },
    download: (fileId, encoding) => ask('fileDownload', `downloads the file ${fileId}`, fileId, {}, encoding),
    delete: (fileId, encoding) => ask('fileDelete', `deletes the file ${fileId}`, fileId, {}, encoding),
    post(operation, fields = {}, fileId) {
      const names = Object.keys(fields).join(', ')
      return ask(operation, `posts ${operation}${names === '' ? '' : ` with its own ${names}`}`, fileId, fields)
    },
    send(request) {
      if ('headers' in request)
        return door.send('fileUpload', 'sends an upload by hand', { path: door.path('fileUpload'), ...request })
      return upload(request, `uploads ${request.length} files at once`)
    },
  }
}

/** The ten limits of the answer to the limits call; {} without them. */
export function limitsIn({ messages }: Answer): Record<string, string> {
  return messages[0]?.userData ?? {}
}

/** Of the answer to an upload; '' without one. */
export function fileIdIn({ body }: Answer): string {
  return String((body.userData as Record<string, unknown> | undefined)?.['file-id'] ?? '')
}
