import type { ShardRow } from '../../protocol/stream/shard-stream.ts'
import type { CometApi } from './comet-customer.ts'
import type { Report } from './report.ts'

/**
 * Sends a request and fills in what the row tells of its answer. The row is all that is kept for a request in flight, and
 * `done` is the same function for all: each closure and each object more is felt in a VU.
 * @param url Of the service for request chat, of the chat and with a slash behind it for the others.
 */
export type Post = (row: ShardRow, url: string, body: string, done: (row: ShardRow, answer: string) => void) => void

export interface ShardSettings {
  run: string
  shard: number
  /** `<node>/genesys/2/chat/<service>`; sessions are spread over them. */
  serviceUrls: readonly string[]
  notifyRequestor: boolean
  now(): number
  post: Post
  report: Report
  /** Of an uploaded file. */
  fileBytes: number
  /** How customers reach the chat API; undefined = over REST. */
  comet?: CometApi | undefined
  /** The receiver's clock against ours. */
  receiverOffsetMs(): number
}
