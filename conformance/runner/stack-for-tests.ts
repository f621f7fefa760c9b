import type { Stack } from '../stack.ts'
import type { HttpAnswer, HttpRequest } from '../story/http.ts'

export const joined = {
  from: { nickname: 'Ann Bee', participantId: 1, type: 'Client' },
  index: 1,
  type: 'ParticipantJoined',
  utcTime: 1_600_000_000_000,
}
export const tokens = {
  alias: '201',
  userId: '0A1B2C3D4E5F0001',
  secureKey: '0011aa22bb33cc44dd55',
  chatId: '0001Abc123DEF001',
}
export const started = { statusCode: 0, ...tokens, nextPosition: 2, chatEnded: false, messages: [joined] }
export const accepted = { ...started, messages: [] }

export function jsonAnswer(body: object, status = 200): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, text: JSON.stringify(body) }
}

/** A target that answers what a test says, request chat and disconnect excepted. */
export function fakeStack(answer: (request: HttpRequest) => HttpAnswer, changes: Partial<Stack> = {}): Stack {
  return {
    name: 'fake',
    urls: ['http://gms.test'],
    service: 'care',
    authorization: undefined,
    nodeAuthorization: undefined,
    http: {
      async send(request) {
        if (request.url.endsWith('/chat/care')) return jsonAnswer(started)
        if (request.url.endsWith('/disconnect'))
          return jsonAnswer({ statusCode: 0, chatEnded: true, messages: [], nextPosition: 3 })
        return answer(request)
      },
      webSocket() {
        throw new Error('there are no WebSockets')
      },
      async close() {},
    },
    control: undefined,
    sink: undefined,
    health: { urls: [], appDbid: '/app_dbid', processId: '/process_os_pid' },
    fixedOptions: [],
    maxIntervalMs: 10_000,
    patienceMs: 50,
    absenceWindowMs: 20,
    isOurs: true,
    ...changes,
  }
}

export const performanceForTests = { run: 'test', nextSession: () => 1, timeLimitMs: 2_000, isStrict: true }
