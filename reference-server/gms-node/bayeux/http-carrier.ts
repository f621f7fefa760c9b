import type { ServerResponse } from 'node:http'
import type { BayeuxOptions } from './bayeux-options.ts'
import { setCookie } from './browser-cookie.ts'
import type { Carrier } from './carrier.ts'
import type { Session } from './session.ts'

/** A class, because thousands of held polls are one each, and methods of a class cost them nothing. */
export class HttpCarrier implements Carrier {
  readonly transport: 'long-polling' | 'callback-polling'
  browser: string
  session: Session | undefined = undefined
  readonly #response: ServerResponse
  readonly #options: BayeuxOptions
  /** '' = no callback. */
  readonly #callback: string
  readonly #isNewBrowser: boolean
  readonly #headers: readonly string[]

  constructor(
    response: ServerResponse,
    options: BayeuxOptions,
    browser: string,
    callback: string,
    headers: readonly string[],
  ) {
    this.transport = callback === '' ? 'long-polling' : 'callback-polling'
    this.browser = browser
    this.#isNewBrowser = browser === ''
    this.#response = response
    this.#options = options
    this.#callback = callback
    this.#headers = headers
  }

  isOpen(): boolean {
    const { destroyed, socket, writableEnded } = this.#response
    return !destroyed && !writableEnded && socket !== null && !socket.destroyed
  }

  unsentBytes(): number {
    return 0
  }

  send(events: readonly string[], replies: readonly string[]): void {
    const list = events.length === 0 ? replies.join() : `${events.join()},${replies.join()}`
    if (this.#callback === '') this.#end('application/json;charset=UTF-8', `[${list}]`)
    else this.#end('text/javascript;charset=UTF-8', `${this.#callback}([${asScript(list)}])`)
  }

  /** No Bayeux message: the client of an older connect knows about the newer one (BX-048). */
  fail(): void {
    if (!this.isOpen()) return
    this.#response.writeHead(this.#options.duplicateConnectStatus, ['Content-Length', '0', ...this.#headers])
    this.#response.end()
  }

  #end(contentType: string, body: string): void {
    const headers = ['Content-Type', contentType, 'Content-Length', String(Buffer.byteLength(body)), ...this.#headers]
    if (this.#isNewBrowser && this.browser !== '')
      headers.push('Set-Cookie', setCookie(this.#options.cookie, this.browser))
    // BX-135: what is meant as a script is taken as nothing else, and not kept.
    if (this.#callback !== '') headers.push('X-Content-Type-Options', 'nosniff', 'Cache-Control', 'no-store')
    this.#response.writeHead(200, headers)
    this.#response.end(body)
  }
}

/** JSON may hold two line separators that a script may not (BX-135). */
function asScript(json: string): string {
  return json.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}
