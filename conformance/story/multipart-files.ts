import type { Fields } from './chat-form.ts'

export interface FilePart {
  name: string
  content: string | Buffer
  /** Content type. */
  type?: string
}

export const boundary = 'chatgauge-part'

/** A form with fields and then files, all of them under the name `file`. */
export function multipartWithFiles(
  fields: Fields,
  files: readonly FilePart[],
): { headers: Record<string, string>; body: Buffer; shownBody: string } {
  const given = Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined)
  const heads = given.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const parts = files.flatMap(file => [Buffer.from(filePartHead(file)), Buffer.from(file.content), Buffer.from('\r\n')])
  const shown = files.map(file => `${filePartHead(file)}(${Buffer.byteLength(file.content)} bytes)\r\n`)
  const end = `--${boundary}--\r\n`
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(heads.join('')), ...parts, Buffer.from(end)]),
    shownBody: [...heads, ...shown, end].join(''),
  }
}

function filePartHead({ name, type = 'text/plain' }: FilePart): string {
  const quoted = name.replaceAll('"', '\\"')
  return `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${quoted}"\r\nContent-Type: ${type}\r\n\r\n`
}
