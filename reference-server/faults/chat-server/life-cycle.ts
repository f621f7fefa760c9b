import { changedOption, timesAsLong } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'
import { firstValue } from '../first-value.ts'
import { changedQuitReason } from '../quit-reason.ts'

export const lifeCycle = conformFaults([
  {
    name: 'disconnect-timeout-doubled',
    rules: ['CS-001', 'OPT-020'],
    does: 'A party without subscription is removed after twice the configured time.',
    looksLike: 'The timer looks at the sessions at intervals of its own length.',
    gate: () => timesAsLong('settings', 'flex-disconnect-timeout', 2),
  },
  {
    name: 'disconnect-timeout-a-second-early',
    rules: ['CS-001', 'OPT-020'],
    does: 'A party without subscription is removed a second before its time.',
    looksLike: 'The sessions are looked at once a second, and the second that has begun is counted.',
    gate: () => changedOption('settings', 'flex-disconnect-timeout', value => value && String(Number(value) - 1)),
  },
  {
    name: 'refresh-restarts-nothing',
    rules: ['CS-002'],
    does: 'A refresh does not restart the timer of its party.',
    looksLike: 'Activity is taken for what changes the transcript; polling is left to the client.',
  },
  {
    name: 'agent-keeps-customer',
    rules: ['CS-003'],
    does: 'What the agent says restarts the timer of the customer.',
    looksLike: 'The timer belongs to the session instead of the party.',
  },
  {
    name: 'push-timeout-halved',
    rules: ['CS-004', 'CS-005', 'CS-006'],
    does: 'The ping leaves after half of flex-push-timeout.',
    looksLike: 'The ping is sent early, so that it is answered before the timeout.',
    gate: () => timesAsLong('settings', 'flex-push-timeout', 0.5),
  },
  {
    name: 'ping-one-second-late',
    rules: ['CS-004', 'CS-007', 'CS-016'],
    does: 'The ping leaves a second after its time.',
    looksLike: 'The sessions are looked at once a second, after the second is over.',
    gate: () => changedOption('settings', 'flex-push-timeout', value => value && String(Number(value) + 1)),
  },
  {
    name: 'no-ping',
    rules: ['CS-004'],
    does: 'At the end of flex-push-timeout no ping is sent; the timers go on.',
    looksLike: 'The ping is sent to CometD sessions only.',
  },
  {
    name: 'request-after-ping-ignored',
    rules: ['CS-005'],
    does: 'A request after the ping does not stop the removal.',
    looksLike: 'Only the confirmation of the GMS node is awaited after a ping.',
  },
  {
    name: 'no-grace-after-ping',
    rules: ['CS-006'],
    does: 'A party that did not react to the ping is removed without a flex-disconnect-timeout.',
    looksLike: 'The behaviour of an older version: two periods and no third.',
  },
  {
    name: 'silence-as-disconnect',
    rules: ['CS-007'],
    does: 'A removal for inactivity has quit reason 0.',
    looksLike: 'The timer calls the routine of the disconnect request.',
    gate: () => changedQuitReason('3', '0'),
  },
  {
    name: 'ping-reaches-device',
    rules: ['CS-009'],
    does: 'A ping is pushed to the device of a reliable subscription.',
    looksLike: 'The node takes the ping for one more notification.',
    gate: () => changedOption('refserver', 'forward-ping', () => 'true'),
  },
  {
    name: 'ping-takes-an-index',
    rules: ['CS-009'],
    does: 'A ping adds an event to the transcript.',
    looksLike: 'The ping is built as a notice of the session.',
  },
  {
    name: 'quit-reason-not-pushed',
    rules: ['CS-010'],
    does: 'A push of ParticipantLeft has no quit reason 0 or 3.',
    looksLike: 'The filter of the API answers is applied to pushes, too.',
    gate: () => ({
      notice(notice) {
        const reason = notice.event?.userData?.['quit-reason-code']
        if (!notice.event || (reason !== '0' && reason !== '3')) return [notice]
        const { userData: _, ...event } = notice.event
        return [{ ...notice, event }]
      },
    }),
  },
  {
    name: 'rest-after-silence',
    rules: ['CS-011', 'CV2-062'],
    does: 'A customer removed for inactivity gets one more refresh answered.',
    looksLike: 'All removals by the server are treated alike.',
  },
  {
    name: 'session-ends-with-customer',
    rules: ['CS-011', 'CS-012'],
    does: 'A session is over when its customer has gone, with the agent still in it.',
    looksLike: 'The session is kept as a member of the party that created it.',
  },
  {
    name: 'bot-holds-session',
    rules: ['CS-012'],
    does: 'A bot that stays keeps the session open.',
    looksLike: 'The parties are counted, whatever their type.',
  },
  {
    name: 'session-outlives-everybody',
    rules: ['CS-012'],
    does: 'A session whose agent leaves after the customer is never over.',
    looksLike: 'The end of a session is looked at in the routine of the customer only; sessions pile up.',
  },
  {
    name: 'session-ends-with-first-agent',
    rules: ['CS-012'],
    does: 'After its customer has gone a session is over when the first of its agents leaves.',
    looksLike: 'The session remembers one agent, the one that accepted it.',
  },
  {
    name: 'close-as-workflow-stop',
    rules: ['CS-013'],
    does: 'A forced close removes the customer with reason 5.',
    looksLike: 'The close goes through the workflow, whose reason stays.',
    gate: () => changedQuitReason('4', '5'),
  },
  {
    name: 'close-leaves-customer',
    rules: ['CS-013'],
    does: 'A forced close removes the agent and nobody else.',
    looksLike: 'The action after the leave is lost: keep alive instead of force to close.',
  },
  {
    name: 'session-ends-with-last-agent',
    rules: ['CS-014'],
    does: 'The customer is removed when the last agent leaves.',
    looksLike: 'The default action of a leave is "close if no agents".',
  },
  {
    name: 'wrong-key-tolerated',
    rules: ['CS-015'],
    does: 'A wrong secure key is refused, the party stays.',
    looksLike: 'The key is checked in front of the session, which hears nothing of it.',
  },
  {
    name: 'wrong-key-as-disconnect',
    rules: ['CS-015'],
    does: 'A wrong key removes the party with reason 0.',
    looksLike: 'The connection is closed, and the reason is that of a closed connection.',
    gate: () => changedQuitReason('6', '0'),
  },
  {
    name: 'life-timeouts-at-start',
    rules: ['CS-016'],
    does: 'New values of flex-push-timeout and flex-disconnect-timeout wait for a restart.',
    looksLike: 'The values are read once and kept.',
    gate: () => firstValue('settings', 'flex-push-timeout', 'flex-disconnect-timeout'),
  },
  {
    name: 'pings-unconfirmed',
    rules: ['CS-008'],
    does: 'The node does not confirm a ping for a client with a live CometD session.',
    looksLike: 'It waits for the client to answer, which knows nothing of pings.',
  },
])
