import { describe, expect, it } from 'vitest'
import { onlyOneInFlight } from './lane.ts'
import { checkAnswer, checkPush } from './shape.ts'

const tokens =
  '"alias":"201","userId":"0A1B2C3D4E5F0001","secureKey":"0011aa22bb33cc44dd55","chatId":"0001Abc123DEF001"'
const joined =
  '{"from":{"nickname":"Ann Bee","participantId":1,"type":"Client"},"index":1,"type":"ParticipantJoined","utcTime":1600000000000}'

describe('answers', () => {
  const kindOf = (operation: string, status: number, body: string) => {
    const { kind, violations } = checkAnswer({ operation, status, body })
    return [kind, ...violations.map(({ rule }) => rule)]
  }

  it('the outcome is told by operation, HTTP status, statusCode and chatEnded', () => {
    const ok = `{"statusCode":0,"chatEnded":false,"messages":[${joined}],"nextPosition":2,${tokens}}`
    const error = '"errors":[{"code":249,"advice":"referenceId[42]"}]'
    expect(kindOf('requestChat', 200, ok)).toEqual(['request-chat-answer'])
    expect(kindOf('ping', 200, ok)).toEqual(['operation-answer'])
    expect(kindOf('refresh', 200, '{"statusCode":0,"chatEnded":true,"messages":[]}')).toEqual(['session-over-answer'])
    expect(kindOf('disconnect', 200, '{"statusCode":0,"chatEnded":true,"messages":[]}')).toEqual(['disconnect-answer'])
    expect(kindOf('send', 200, `{"statusCode":1,"chatEnded":false,"messages":[],${error}}`)).toEqual([
      'retryable-answer',
    ])
    expect(kindOf('send', 200, `{"statusCode":2,"chatEnded":true,"messages":[],${error}}`)).toEqual(['fatal-answer'])
    expect(kindOf('send', 404, `{${error}}`)).toEqual(['error-answer'])
    expect(kindOf('send', 0, '')).toEqual(['none'])
  })

  it('[CV2-007] [CV2-020] [CV2-035] what is no documented outcome is unreadable', () => {
    expect(kindOf('send', 200, '<html>')).toEqual(['unreadable', 'CV2-007'])
    expect(kindOf('send', 200, '[]')).toEqual(['unreadable', 'CV2-007'])
    expect(kindOf('send', 200, '{"statusCode":"0"}')).toEqual(['unreadable', 'CV2-020'])
    expect(kindOf('send', 502, 'Bad Gateway')).toEqual(['unreadable', 'CV2-035'])
  })

  it('[CV2-024] statusCode 1 with chatEnded true', () => {
    const body = '{"statusCode":1,"chatEnded":true,"messages":[],"errors":[{"code":1,"advice":"x"}]}'
    expect(kindOf('refresh', 200, body)).toEqual(['retryable-answer', 'CV2-024'])
  })

  it('a violation names rule, place, expected and found; keys are masked', () => {
    const body = `{"statusCode":0,"chatEnded":false,"messages":[${joined.replace('"index":1', '"index":"1"')}],"nextPosition":2,${tokens}}`
    expect(checkAnswer({ operation: 'refresh', status: 200, body }).violations).toEqual([
      {
        rule: 'CV2-054',
        what: '/messages/0/index must be integer',
        at: '/messages/0/index',
        expected: 'integer',
        found: '"1"',
      },
    ])
    const withKey = {
      operation: 'disconnect',
      status: 200,
      body: `{"statusCode":0,"chatEnded":true,"messages":[],${tokens}}`,
    }
    const cut = { operation: 'send', status: 200, body: `{"statusCode":0,${tokens}` }
    for (const answer of [withKey, cut]) {
      const { violations } = checkAnswer(answer)
      expect(violations).toHaveLength(1)
      expect(JSON.stringify(violations)).not.toContain('0011aa22bb33cc44dd55')
    }
  })
})

describe('pushes', () => {
  const message = (event: string) =>
    `{"deviceId":"d","message":{"secureKey":"k","chatId":"deprecated","nextPosition":12,"messages":[${event}],"alias":"0","chatEnded":false,"userId":"deprecated","statusCode":0,"monitored":false}}`
  const modeOf = (body: string) => {
    const { mode, violations } = checkPush(body)
    return [mode, ...violations.map(({ rule }) => rule)]
  }
  const agent = '"from":{"nickname":"Ann","participantId":2,"type":"Agent"},"utcTime":1600000011000'
  const nobody = '"from":{"nickname":"","participantId":0,"type":"Client"},"utcTime":1600000011000'

  it('the mode is told by what only that body has', () => {
    const trigger = `{${nobody},"index":0,"text":"PUSH-NOTIFICATION","type":"PushUrl","userData":{"notify-attempt":"0","notify-position":"11"}}`
    const client = agent.replace('"participantId":2,"type":"Agent"', '"participantId":1,"type":"Client"')
    const advice = `{${client},"index":11,"type":"ParticipantLeft","userData":{"quit-reason-advice":"reconnect"}}`
    expect(modeOf('{"deviceId":"d"}')).toEqual(['device-id'])
    expect(modeOf(message(`{${agent},"index":11,"type":"Message","text":"x"}`))).toEqual(['payload'])
    expect(modeOf(message(trigger))).toEqual(['reliable'])
    expect(modeOf(message(advice))).toEqual(['advice'])
  })

  it('a broken body is held against the form it was meant to have', () => {
    expect(modeOf(message(`{${nobody},"index":0,"text":"PUSH-NOTIFICATION","type":"PushUrl"}`))).toEqual([
      'reliable',
      'PUSH-054',
    ])
    expect(modeOf(message('7'))).toEqual(['payload', 'CV2-050'])
    expect(modeOf('{"deviceId":"d","message":[]}')).toEqual(['device-id', 'PUSH-042'])
  })

  it('[PUSH-040] [PUSH-022] what is no notification is refused', () => {
    for (const body of ['', 'null', '"x"', '[1]', '{', '\u0000']) expect(modeOf(body)).toEqual(['refused', 'PUSH-040'])
    expect(modeOf('{"message":{}}')).toEqual(['refused', 'PUSH-022'])
  })
})

it('[PUSH-070] an overlap is judged only while an answer is held', () => {
  expect(onlyOneInFlight({ lane: 'gms-1', inFlight: 1, isHolding: false })).toBeUndefined()
  expect(onlyOneInFlight({ lane: 'gms-1', inFlight: 0, isHolding: true })).toBeUndefined()
  expect(onlyOneInFlight({ lane: 'gms-1', inFlight: 1, isHolding: true })).toMatchObject({ rule: 'PUSH-070' })
})
