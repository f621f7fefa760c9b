import { CometD } from 'cometd'
// @ts-expect-error: it has no types
import { CometD as CometD3 } from 'cometd3'
import { type CometDLike, type OfficialClient, ofCometD, type Transport } from './cometd-client.ts'

// Runs in the page of browser-client.ts: the clients as their packages have them, with what a browser has.

/** What the test calls from outside. */
export interface InPage {
  open(version: 'cometd 9' | 'cometd 3.1', url: string, transport: Transport): OfficialClient
  client: OfficialClient
  /** Given by the test. */
  heard(data: unknown): void
}

const inPage = globalThis as unknown as InPage
inPage.open = (version, url, transport) => {
  const cometd = version === 'cometd 9' ? new CometD() : new CometD3()
  inPage.client = ofCometD(cometd as unknown as CometDLike, url, transport)
  return inPage.client
}
