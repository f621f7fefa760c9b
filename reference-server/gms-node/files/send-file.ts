import { buffer } from 'node:stream/consumers'
import type { FastifyReply } from 'fastify'
import type { FileStore } from '../../actors.ts'
import type { FaultGate } from '../../faults/gate.ts'
import { isPlanted } from '../../faults/is-planted.ts'
import type { StoredFile } from '../../messages.ts'
import { requestError } from '../request-error.ts'
import { sendError } from '../send-answer.ts'
import { contentDisposition } from './content-disposition.ts'

const usualStallMs = 60_000

/** The bytes as they were uploaded (CV2-173, CV2-174). */
export async function sendFile(
  reply: FastifyReply,
  { files, stallMs = usualStallMs }: { files: FileStore; stallMs?: number },
  { fileId, name, type, sizeBytes }: Omit<StoredFile, 'sizeBytes'> & { sizeBytes?: number },
  referenceId: () => number,
  fault: (() => FaultGate | undefined) | undefined,
): Promise<void> {
  const content = await files.read(fileId).catch(() => undefined)
  if (!content) return sendFailedDownload(reply, referenceId())
  // Else the file stays open as long as its client likes; node:http then ends the connection.
  reply.raw.setTimeout(stallMs)
  reply.headers({
    'content-type': isPlanted(fault, 'download-as-text') ? 'text/plain' : type,
    'content-disposition': disposition(name, fault),
    ...(sizeBytes === undefined ? undefined : { 'content-length': sizeBytes }),
    // What a customer uploaded is nothing that a browser should guess about.
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  if (isPlanted(fault, 'download-reencoded')) {
    const text = (await buffer(content)).toString()
    reply.header('content-length', Buffer.byteLength(text)).send(Buffer.from(text))
  } else if (isPlanted(fault, 'download-once-cut')) {
    const first = (await buffer(content)).subarray(0, 65_536)
    reply.header('content-length', first.length).send(first)
  } else reply.send(content)
}

/** CV2-175: whatever went wrong. */
export function sendFailedDownload(reply: FastifyReply, referenceId: number): void {
  const error = requestError(500, 9023, `The file was not downloaded. referenceId[${referenceId}]`)
  sendError(reply, error, undefined, 'fileDownload')
}

function disposition(name: string, fault: (() => FaultGate | undefined) | undefined): string {
  if (isPlanted(fault, 'download-without-name')) return 'attachment'
  return contentDisposition(isPlanted(fault, 'download-name-in-ascii') ? name.replace(/[^ -~]/g, '_') : name)
}
