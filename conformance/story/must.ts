import { isDeepStrictEqual } from 'node:util'
import type { AnsweredEvent } from '../../protocol/chat/answer.ts'
import type { EventType, PartyType } from '../../protocol/chat/event.ts'
import { shown } from '../../protocol/violation.ts'
import type { Answer } from './answer.ts'
import { BrokenRule, StoryError } from './broken-rule.ts'
import { checkedExpression } from './checked-expression.ts'

/** What an event must be; what is not said may be anything. */
export interface EventLike {
  type?: EventType
  text?: string
  index?: number
  messageType?: string
  nickname?: string
  participantId?: number
  partyType?: PartyType
  userData?: Record<string, string>
}

/**
 * What has to be so. Each check takes the rule that it proves as its last argument, by default the first rule of the case;
 * a check that fails ends the story.
 */
export interface Checks {
  equal(found: unknown, expected: unknown, rule?: string): void
  notEqual(found: unknown, forbidden: unknown, rule?: string): void
  match(found: unknown, pattern: RegExp, rule?: string): void
  /** Anything else; say what is expected in words. */
  be(condition: boolean, expected: string, found: unknown, rule?: string): void
  /** HTTP 200 with statusCode 0. */
  ok(answer: Answer, rule?: string): void
  /** The same with chatEnded false. */
  goOn(answer: Answer, rule?: string): void
  /** Accepted for the last time: HTTP 200 with statusCode 0 and chatEnded true. */
  end(answer: Answer, rule?: string): void
  /** HTTP status, and the code of the error where one is given. */
  status(answer: Answer, status: number, code?: number, rule?: string): void
  /** HTTP 200 with statusCode 2, chatEnded true and, where given, this code. */
  refuse(answer: Answer, code?: number, rule?: string): void
  /** HTTP 200 with statusCode 2 and, where given, this code; the chat goes on. */
  decline(answer: Answer, code?: number, rule?: string): void
  /** @returns the first event that fits. */
  haveEvent(where: Answer | readonly AnsweredEvent[], like: EventLike, rule?: string): AnsweredEvent
  haveNoEvent(where: Answer | readonly AnsweredEvent[], like: EventLike, rule?: string): void
  /** Types of the events in order. */
  haveTypes(where: Answer | readonly AnsweredEvent[], types: readonly EventType[], rule?: string): void
}

export interface Must extends Checks {
  /** The same for an exact value that is decided or observed only, where the rule is documented at its core (DX, DO). */
  edge: Checks
}

/** @param report throws, or keeps the finding and lets the story go on where the target is not held to the rule. */
export function createMust(rules: readonly [string, ...string[]], report: (broken: BrokenRule) => void): Must {
  return { ...createChecks(rules, report, false), edge: createChecks(rules, report, true) }
}

/** Rule, what is wrong, expected, found. */
type Told = [rule: string | undefined, what: string, expected: string, found: unknown]

function createChecks(
  rules: readonly [string, ...string[]],
  report: (broken: BrokenRule) => void,
  isEdge: boolean,
): Checks {
  const check = (holds: boolean, rule: string | undefined, what: string, expected: string, found: unknown) => {
    if (rule !== undefined && !rules.includes(rule))
      throw new StoryError(`the check "${what}" names ${rule}, which is not among the rules of the case`)
    if (holds) return
    report(new BrokenRule({ rule: rule ?? rules[0], what, expected, found: asText(found), isEdge }))
  }
  /** Says which value it is about. */
  const checkValue = (name: 'equal' | 'notEqual' | 'match' | 'be', holds: boolean, ...rest: Told) => {
    const [rule, what, expected, found] = rest
    if (holds) return check(true, rule, what, expected, found)
    const expression = checkedExpression(new Error().stack ?? '', name, name === 'be' ? 2 : 0)
    check(false, rule, expression === undefined ? what : `${what}: ${expression}`, expected, found)
  }
  const checks: Checks = {
    equal(found, expected, rule) {
      checkValue('equal', isDeepStrictEqual(found, expected), rule, 'a value is different', asText(expected), found)
    },
    notEqual(found, forbidden, rule) {
      const holds = !isDeepStrictEqual(found, forbidden)
      checkValue('notEqual', holds, rule, 'two values are equal', `not ${asText(forbidden)}`, found)
    },
    match(found, pattern, rule) {
      const holds = typeof found === 'string' && pattern.test(found)
      checkValue('match', holds, rule, 'a text is different', String(pattern), found)
    },
    be(condition, expected, found, rule) {
      checkValue('be', condition, rule, 'a statement does not hold', expected, found)
    },
    ok(answer, rule) {
      const isOk = answer.status === 200 && answer.statusCode === 0
      check(isOk, rule, 'the request was not accepted', 'HTTP 200 with statusCode 0', outcome(answer))
    },
    goOn(answer, rule) {
      const goesOn = answer.status === 200 && answer.statusCode === 0 && answer.chatEnded === false
      check(goesOn, rule, 'the chat does not go on', 'HTTP 200 with statusCode 0, chatEnded false', outcome(answer))
    },
    end(answer, rule) {
      const ends = answer.status === 200 && answer.statusCode === 0 && answer.chatEnded === true
      check(ends, rule, 'the chat has not ended', 'HTTP 200 with statusCode 0, chatEnded true', outcome(answer))
    },
    status(answer, status, code, rule) {
      const fits = answer.status === status && (code === undefined || answer.code === code)
      const expected = `HTTP ${status}${code === undefined ? '' : ` with code ${code}`}`
      check(fits, rule, 'the outcome is another one', expected, outcome(answer))
    },
    refuse(answer, code, rule) {
      const isRefused = answer.status === 200 && answer.statusCode === 2 && answer.chatEnded === true
      const expected = `HTTP 200 with statusCode 2, chatEnded true${code === undefined ? '' : ` and code ${code}`}`
      const fits = isRefused && (code === undefined || answer.code === code)
      check(fits, rule, 'the request was not refused', expected, outcome(answer))
    },
    decline(answer, code, rule) {
      const isDeclined = answer.status === 200 && answer.statusCode === 2 && answer.chatEnded === false
      const expected = `HTTP 200 with statusCode 2, chatEnded false${code === undefined ? '' : ` and code ${code}`}`
      const fits = isDeclined && (code === undefined || answer.code === code)
      check(fits, rule, 'the request was not declined', expected, outcome(answer))
    },
    haveEvent(where, like, rule) {
      const event = eventsOf(where).find(each => fitsEvent(each, like))
      check(event !== undefined, rule, 'an event is missing', `an event ${asText(like)}`, eventsText(where))
      return event!
    },
    haveNoEvent(where, like, rule) {
      const event = eventsOf(where).find(each => fitsEvent(each, like))
      check(event === undefined, rule, 'there is an event that must not be', `no event ${asText(like)}`, event)
    },
    haveTypes(where, types, rule) {
      const found = eventsOf(where).map(each => each.type)
      check(
        isDeepStrictEqual(found, [...types]),
        rule,
        'other events than expected',
        types.join(', '),
        found.join(', '),
      )
    },
  }
  return checks
}

function fitsEvent(event: AnsweredEvent, like: EventLike): boolean {
  const { nickname, participantId, partyType, userData, ...members } = like
  const from = { nickname, participantId, type: partyType }
  return (
    fits(event as unknown as Record<string, unknown>, members) &&
    fits((event.from ?? {}) as Record<string, unknown>, from) &&
    fits(event.userData ?? {}, userData ?? {})
  )
}

function fits(value: Record<string, unknown>, like: object): boolean {
  return Object.entries(like).every(([member, expected]) => expected === undefined || value[member] === expected)
}

function eventsOf(where: Answer | readonly AnsweredEvent[]): readonly AnsweredEvent[] {
  return 'messages' in where ? where.messages : where
}

function eventsText(where: Answer | readonly AnsweredEvent[]): string {
  const events = eventsOf(where)
  if (events.length === 0) return 'no events'
  return events
    .slice(0, 8)
    .map(
      ({ type, index, from, text }) =>
        `${type} #${index} of ${from?.nickname}${text === undefined ? '' : ` ${shown(text)}`}`,
    )
    .join('; ')
}

function outcome({ status, statusCode, chatEnded, code }: Answer): string {
  const parts = [`HTTP ${status}`]
  if (statusCode !== undefined) parts.push(`statusCode ${statusCode}`)
  if (chatEnded !== undefined) parts.push(`chatEnded ${chatEnded}`)
  if (code !== undefined) parts.push(`code ${code}`)
  return parts.join(', ')
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'an empty text' : value.slice(0, 300)
  return value === undefined ? 'nothing' : shown(value)
}
