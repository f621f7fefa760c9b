import type { ChatRequest } from '../../messages.ts'
import { changedAnswer, changedEvents, without } from '../changed-json.ts'
import { changedRequest, rememberAnswers } from '../changed-request.ts'
import { conformFaults } from '../conform-fault.ts'
import type { FaultGate } from '../gate.ts'

type UserData = Record<string, string>

function changedData(change: (userData: UserData, request: ChatRequest) => UserData): () => FaultGate {
  return () =>
    changedRequest('requestChat', request => ({ ...request, userData: change(request.userData ?? {}, request) }))
}

function changedNickname(change: (names: UserData) => string | undefined): () => FaultGate {
  return () =>
    changedRequest('requestChat', request => {
      const nickname = change({ nickname: request.nickname ?? '', ...request.userData })
      return nickname === undefined ? request : { ...request, nickname }
    })
}

function withKeys(userData: UserData, key: (key: string) => string): UserData {
  return Object.fromEntries(Object.entries(userData).map(([name, value]) => [key(name), value]))
}

function withoutKeys(userData: UserData, ...keys: string[]): UserData {
  return Object.fromEntries(Object.entries(userData).filter(([key]) => !keys.includes(key)))
}

export const requestChat = conformFaults([
  {
    name: 'no-user-id',
    rules: ['CV2-070'],
    does: 'The answer to request chat has no userId.',
    looksLike: 'The member was dropped together with the deprecated ones of the CometD form.',
    gate: () => ({ reply: changedAnswer('requestChat', body => without(body, 'userId')) }),
  },
  {
    name: 'own-join-not-answered',
    rules: ['CV2-070'],
    does: 'The answer to request chat has no events.',
    looksLike: 'The answer is built before the Chat Server has stored the join.',
    gate: () => ({ reply: changedAnswer('requestChat', body => ({ ...body, messages: [] })) }),
  },
  {
    name: 'request-chat-answered-201',
    rules: ['CV2-070'],
    does: 'Request chat is answered 201.',
    looksLike: 'A framework makes Created of every POST that makes something.',
    gate: () => ({
      reply: (reply, { operation }) =>
        operation === 'requestChat' && reply.status === 200 ? { ...reply, status: 201 } : reply,
    }),
  },
  {
    name: 'customer-is-second',
    rules: ['CV2-071', 'CV2-070', 'CV2-053'],
    does: 'The customer is participant 2.',
    looksLike: 'The workflow counts as the first participant.',
    gate: () => ({
      reply: changedEvents('', event => {
        const from = event.from as { participantId: number }
        return { ...event, from: { ...from, participantId: from.participantId + 1 } }
      }),
    }),
  },
  {
    name: 'customer-is-external',
    rules: ['CV2-071', 'CV2-053'],
    does: 'The customer is of type External.',
    looksLike: 'The type of the Chat Server protocol is passed on instead of that of the API.',
    gate: () => ({
      reply: changedEvents('', event => {
        const from = event.from as { type: string }
        return { ...event, from: { ...from, type: from.type === 'Client' ? 'External' : from.type } }
      }),
    }),
  },
  {
    name: 'index-from-two',
    rules: ['CV2-071'],
    does: 'The first event has index 2.',
    looksLike: 'A hidden event of the session start takes the first index.',
    gate: () => ({
      reply: changedAnswer('', body => {
        const events = (body.messages ?? []) as { index: number }[]
        const nextPosition = typeof body.nextPosition === 'number' ? { nextPosition: body.nextPosition + 1 } : {}
        return { ...body, ...nextPosition, messages: events.map(event => ({ ...event, index: event.index + 1 })) }
      }),
    }),
  },
  {
    name: 'names-without-blank',
    rules: ['CV2-072'],
    does: 'First and last name are joined without a blank.',
    looksLike: 'A template was joined from its pieces.',
    gate: changedNickname(({ nickname, FirstName, LastName }) =>
      nickname === `${FirstName} ${LastName}` ? `${FirstName}${LastName}` : undefined,
    ),
  },
  {
    name: 'last-name-first',
    rules: ['CV2-072'],
    does: 'A customer without nickname is called by last name, comma, first name.',
    looksLike: 'The name is formatted as the agent desktop lists its contacts.',
    gate: changedNickname(({ nickname, FirstName, LastName }) =>
      nickname === `${FirstName} ${LastName}` ? `${LastName}, ${FirstName}` : undefined,
    ),
  },
  {
    name: 'empty-nickname-counts',
    rules: ['CV2-072', 'CV2-012'],
    does: 'A nickname that is empty is shown as a nickname, as one blank.',
    looksLike: 'Presence of the field is checked, not its value.',
    gate: () => ({
      form(form, { operation }) {
        const changed = new URLSearchParams(form)
        if (operation === 'requestChat' && form.get('nickname') === '') changed.set('nickname', ' ')
        return changed
      },
    }),
  },
  {
    name: 'names-beat-nickname',
    rules: ['CV2-073'],
    does: 'First and last name are preferred to the nickname.',
    looksLike: 'The fallback is evaluated first.',
    gate: changedNickname(({ FirstName, LastName }) =>
      FirstName !== undefined && LastName !== undefined ? `${FirstName} ${LastName}` : undefined,
    ),
  },
  {
    name: 'nickname-is-not-enough',
    rules: ['CV2-073'],
    does: 'A request with a nickname alone is refused.',
    looksLike: 'The table of parameters says that both names are required, and the form was made from it.',
    gate: () => ({
      form(form) {
        const changed = new URLSearchParams(form)
        if (!form.has('firstName') && !form.has('lastName')) changed.delete('nickname')
        return changed
      },
    }),
  },
  {
    name: 'user-data-keys-in-lower-case',
    rules: ['CV2-074'],
    does: 'Keys of user data are attached in lower case.',
    looksLike: 'The keys go through a map of header names.',
    gate: changedData(userData =>
      withKeys(userData, key => (/^GCTI_|Name$|^Subject$|Address$|^TimeZone$/.test(key) ? key : key.toLowerCase())),
    ),
  },
  {
    name: 'one-user-data-field',
    rules: ['CV2-074'],
    does: 'Of several user data fields only the first one is attached.',
    looksLike: 'The form reader takes the first field whose name begins with userData.',
    gate: () => ({
      form(form) {
        let seen = 0
        return new URLSearchParams([...form].filter(([name]) => !name.startsWith('userData[') || ++seen === 1))
      },
    }),
  },
  {
    name: 'user-data-keys-cut-at-dot',
    rules: ['CV2-074'],
    does: 'A key of user data ends at its first dot.',
    looksLike: 'A library makes nested objects of keys with dots, and only strings are attached.',
    gate: changedData(userData => withKeys(userData, key => key.split('.')[0]!)),
  },
  {
    name: 'user-data-keys-cut-at-64',
    rules: ['CV2-074'],
    does: 'A key of user data has 64 characters at most, the rest is cut off.',
    looksLike: 'The column of the database is as wide as the longest key of the product itself.',
    gate: changedData(userData => withKeys(userData, key => key.slice(0, 64))),
  },
  {
    name: 'user-data-cut-at-1024-bytes',
    rules: ['CV2-074'],
    does: 'A value of user data ends after 1,024 bytes.',
    looksLike: 'A fixed buffer of the binary protocol between the servers.',
    gate: changedData(userData =>
      Object.fromEntries(
        Object.entries(userData).map(([key, value]) => [key, Buffer.from(value).subarray(0, 1024).toString()]),
      ),
    ),
  },
  {
    name: 'user-data-of-last-chat',
    rules: ['CV2-074'],
    does: 'What the customer before attached is attached too.',
    looksLike: 'The map of attached data is a member of a shared object and never emptied.',
    gate: () => {
      let last: UserData = {}
      return changedRequest('requestChat', request => {
        last = { ...last, ...request.userData }
        return { ...request, userData: last }
      })
    },
  },
  {
    name: 'time-zone-in-hours',
    rules: ['CV2-075'],
    does: 'The time zone is attached in hours.',
    looksLike: 'Chat Server and API use different units, and the value is converted twice.',
    gate: changedData(({ TimeZone, ...userData }) =>
      TimeZone === undefined ? userData : { ...userData, TimeZone: String(Number(TimeZone) / 60) },
    ),
  },
  {
    name: 'time-zone-positive',
    rules: ['CV2-075'],
    does: 'The time zone loses its sign.',
    looksLike: 'The field is read as an unsigned number.',
    gate: changedData(({ TimeZone, ...userData }) =>
      TimeZone === undefined ? userData : { ...userData, TimeZone: TimeZone.replace('-', '') },
    ),
  },
  {
    name: 'subject-not-attached',
    rules: ['CV2-076'],
    does: 'The subject is not attached.',
    looksLike: 'The subject goes into the session only, not into the interaction.',
    gate: changedData(userData => withoutKeys(userData, 'Subject')),
  },
  {
    name: 'email-attached-under-field-name',
    rules: ['CV2-076'],
    does: 'The e-mail address is attached as emailAddress.',
    looksLike: 'The name of the form field is used as the key.',
    gate: changedData(userData => withKeys(userData, key => (key === 'EmailAddress' ? 'emailAddress' : key))),
  },
  {
    name: 'names-hidden-by-nickname',
    rules: ['CV2-076'],
    does: 'First and last name are not attached where a nickname is given.',
    looksLike: 'One branch builds the display name and the attached data.',
    gate: changedData((userData, { nickname }) =>
      nickname === `${userData.FirstName} ${userData.LastName}`
        ? userData
        : withoutKeys(userData, 'FirstName', 'LastName'),
    ),
  },
  {
    name: 'absent-names-attached-empty',
    rules: ['CV2-076'],
    does: 'Names, subject and address that were not given are attached as empty texts.',
    looksLike: 'Fields of the form object default to the empty string.',
    gate: changedData(userData => ({ Subject: '', FirstName: '', LastName: '', EmailAddress: '', ...userData })),
  },
  {
    name: 'one-key-for-all',
    rules: ['CV2-077'],
    does: 'All chats have the same secureKey.',
    looksLike: 'The key is made when the server starts.',
    gate() {
      const known = rememberAnswers()
      const common = '00112233445566778899'
      return {
        request(request) {
          const secureKey = known.of(request.chatId)?.secureKey
          return secureKey && request.secureKey === common ? { ...request, secureKey } : request
        },
        outcome(_request, outcome) {
          known.see(outcome)
          return outcome.kind === 'ok' && outcome.secureKey ? { ...outcome, secureKey: common } : outcome
        },
      }
    },
  },
  {
    name: 'same-person-same-chat',
    rules: ['CV2-077'],
    does: 'Who requests a chat with an e-mail address that is known gets the chat of before.',
    looksLike: 'A deduplication of requests looks at the contact.',
    gate() {
      const byAddress = new Map<string, string>()
      const known = rememberAnswers()
      return {
        outcome(request, outcome) {
          const address = request.userData?.EmailAddress
          if (request.operation !== 'requestChat' || outcome.kind !== 'ok' || address === undefined) return outcome
          const earlier = known.of(byAddress.get(address) ?? '')
          known.see(outcome)
          byAddress.set(address, outcome.chatId)
          return earlier ?? outcome
        },
      }
    },
  },
  {
    name: 'user-id-in-lower-case',
    rules: ['CV2-078'],
    does: 'The userId has lower-case hex digits.',
    looksLike: 'The id is formatted by another library than before.',
    gate: () => ({
      request: request => ({ ...request, userId: request.userId.toUpperCase() }),
      outcome: (_request, outcome) =>
        outcome.kind === 'ok' && outcome.userId ? { ...outcome, userId: outcome.userId.toLowerCase() } : outcome,
    }),
  },
  {
    name: 'alias-is-a-name',
    rules: ['CV2-078'],
    does: 'The alias is the name of the Chat Server application instead of its DBID.',
    looksLike: 'The application object is asked for the wrong property.',
    gate: () => ({
      outcome: (_request, outcome) =>
        outcome.kind === 'ok' ? { ...outcome, alias: `ChatServer_${outcome.alias}` } : outcome,
    }),
  },
])
