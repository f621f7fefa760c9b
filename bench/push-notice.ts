import type { PushNotice } from '../reference-server/messages.ts'

/** A message of an agent on its way to a node, for session n of a run; payload mode, the larger of the usual bodies. */
export function messageNotice(n: number): PushNotice {
  return {
    chatId: `00057aFBXVA8${String(n).padStart(4, '0')}`,
    service: 'customer-support',
    deviceId: `cg-bench0-0-${n}`,
    deviceType: 'customhttp',
    debug: false,
    form: 'event',
    includePayload: true,
    index: n + 1,
    eventType: 'Message',
    event: {
      from: { nickname: 'Ann', participantId: 2, type: 'Agent' },
      index: n + 1,
      text: `cg/bench0/a0.${n}/${n + 1}/1795220172230.125+350 good morning, what can I do for you?`,
      type: 'Message',
      utcTime: 1795220172000,
    },
    attempt: 0,
    notifyPosition: 0,
    content: {},
    nextPosition: n + 2,
    chatEnded: false,
    secureKey: '4ee15d7e1c343c8e1a6bd5a4e01a4a7c8bf1b1a1c8e2a5b2',
  }
}
