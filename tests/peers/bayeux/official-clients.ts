import { createRequire } from 'node:module'
import { CometD } from 'cometd'
import { adapt } from 'cometd-nodejs-client'
import {
  type CometDLike,
  type OfficialClient,
  ofCometD,
  type ReturningClient,
  type Transport,
} from './cometd-client.ts'

export type OpenClient = (url: string, transport: Transport) => OfficialClient

const require = createRequire(import.meta.url)
adapt()

export function openCometD(url: string, transport: Transport): ReturningClient {
  return ofCometD(new CometD() as unknown as CometDLike, url, transport)
}

function ofFaye(url: string, transport: Transport): OfficialClient {
  const { Client } = require('faye')
  const client = new Client(url, { timeout: 60, retry: 1 })
  // It negotiates over long polling in any case, and goes on over the best transport that both sides have.
  client.disable('eventsource')
  if (transport === 'long-polling') client.disable('websocket')
  return {
    handshake: () => new Promise((resolve, reject) => client.connect(resolve, reject)),
    subscribe: (channel, take) =>
      new Promise((resolve, reject) => client.subscribe(channel, take).then(() => resolve(), reject)),
    publish: (channel, data) =>
      new Promise((resolve, reject) => client.publish(channel, data).then(() => resolve(), reject)),
    disconnect: () => new Promise(resolve => client.disconnect().then(resolve, resolve)),
  }
}

export const officialClients: Readonly<Record<string, OpenClient>> = {
  'cometd 9': openCometD,
  'cometd 3.1': (url, transport) => ofCometD(new (require('cometd3').CometD)(), url, transport),
  faye: ofFaye,
}
