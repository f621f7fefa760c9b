import type { ShardRow } from '../stream/shard-stream.ts'

/** How a file request ended: as it was to, beyond a limit, or neither (`failed`, `over`); undefined = no file request. */
export type FileOutcome = 'accepted' | 'refused' | 'failed' | 'over' | undefined

/** It goes beyond a limit on purpose, so its answer is no transfer. */
export function isToBeRefused({ operation, sequence }: ShardRow): boolean {
  return isFileRequest(operation) && sequence > 0
}

export function isFileRequest(operation: ShardRow['operation']): boolean {
  return operation === 'fileUpload' || operation === 'fileDownload' || operation === 'fileGetLimits'
}

/**
 * By what was known beforehand. The codes 201 to 203 are observed only, so any refusal that leaves the chat alone will do
 * where one was to come; what is accepted there has failed.
 */
export function fileOutcome(row: ShardRow, answer: string): FileOutcome {
  const { operation, status, sequence: expected } = row
  if (!isFileRequest(operation)) return undefined
  const isRefused = operation === 'fileDownload' ? status === 500 : isRefusal(status, answer)
  if (isRefused) return expected === 0 || operation === 'fileGetLimits' ? 'failed' : 'refused'
  if (status !== 200) return 'failed'
  if (operation === 'fileDownload') return expected > 0 || !isSameFile(answer) ? 'failed' : 'accepted'
  if (/"chatEnded":\s*true/.test(answer)) return 'over'
  return expected <= 0 && /"statusCode":\s*0/.test(answer) ? 'accepted' : 'failed'
}

function isRefusal(status: number, answer: string): boolean {
  return status === 200 && /"statusCode":\s*2/.test(answer) && /"chatEnded":\s*false/.test(answer)
}

/** As a shard tells of a file that came. */
export function isSameFile(answer: string): boolean {
  return answer.includes('"isSame":true')
}
