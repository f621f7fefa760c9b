import { jsonObject } from './story/answer.ts'
import { StoryError } from './story/broken-rule.ts'
import type { Http } from './story/http.ts'

/** The control port of a target, as docs/reference/control-api.md describes it. */
export interface Control {
  url: string
  /** @throws ControlRefusal */
  call<T = unknown>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<T>
  /** @returns true when nothing more comes by itself. */
  settle(deadlineMs: number): Promise<boolean>
}

/** What was asked is not possible, as things are on the target. */
export class ControlRefusal extends StoryError {
  readonly status: number
  /** Its own words. */
  readonly reason: string

  constructor(message: string, { status, text }: { status: number; text: string }) {
    super(message)
    this.status = status
    this.reason = String(jsonObject(text).error ?? text)
  }
}

export function createControl(url: string, http: Http, token?: string): Control {
  const control: Control = {
    url,
    async call<T>(method: string, path: string, body?: object) {
      const answer = await http.send({
        method,
        url: url + path,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
      if (answer.status >= 300)
        throw new ControlRefusal(`control port: ${method} ${path} was answered ${answer.status} ${answer.text}`, answer)
      return JSON.parse(answer.text) as T
    },
    async settle(deadlineMs) {
      return (await control.call<{ settled: boolean }>('POST', '/settle', { deadlineMs })).settled
    },
  }
  return control
}
