import { post } from './raw-client.ts'

/** POSTs of a thousand sessions, as one node sends them. */
export function notificationRequests(): Buffer[] {
  return Array.from({ length: 1000 }, (_, n) => post('/push/gms-1', notification(n), 'application/json'))
}

/** A payload notification as the documentation shows it (PUSH-040 ff., mode B), for session n of a run. */
function notification(n: number): string {
  return JSON.stringify({
    message: {
      secureKey: 'G1xBGx9aTUYVBEECD0UZAVwTQEQDFgRZFVJTXEI3QSFFIShAHyVcRUI2GUJXXUEeAikkNSNTJFddQRc=',
      chatId: 'deprecated',
      nextPosition: n + 2,
      messages: [
        {
          from: { nickname: 'Ann', participantId: 2, type: 'Agent' },
          index: n + 1,
          text: `cg/bench0/a0.${n % 1000}/${n + 1}/1795220172230.125+350 good morning, what can I do for you?`,
          type: 'Message',
          utcTime: 1795220172000,
        },
      ],
      alias: '0',
      chatEnded: false,
      userId: 'deprecated',
      statusCode: 0,
      monitored: false,
    },
    deviceId: `cg-bench0-0-${n % 1000}`,
  })
}
