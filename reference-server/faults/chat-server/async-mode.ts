import type { ChatEvent } from '../../../protocol/chat/event.ts'
import { changedOption, timesAsLong } from '../changed-option.ts'
import { changedRequest } from '../changed-request.ts'
import { conformFaults } from '../conform-fault.ts'
import { firstValue } from '../first-value.ts'
import type { FaultGate } from '../gate.ts'
import { changedQuitReason } from '../quit-reason.ts'

/** A gate under which some events of asynchronous chats count, or do not. */
function counts(is: boolean, which: (event: ChatEvent, about: { isAgentOnly: boolean }) => boolean): FaultGate {
  return {
    activity: (event, about, documented) => (about.isAsync && which(event, about) ? is : documented),
  }
}

const isAgent = ({ from }: ChatEvent) => from.type === 'Agent'

export const asyncMode = conformFaults([
  {
    name: 'every-chat-is-async',
    rules: ['CS-020'],
    does: 'Every chat has the idle timers of an asynchronous one.',
    looksLike: 'Switched on for the whole server once it handles asynchronous chats.',
    gate: () =>
      changedRequest('requestChat', request => ({
        ...request,
        userData: { ...request.userData, GCTI_Chat_AsyncMode: 'true' },
      })),
  },
  {
    name: 'async-mode-ignored',
    rules: ['CS-020'],
    does: 'GCTI_Chat_AsyncMode has no effect.',
    looksLike: 'The switch is expected from the workflow, not from the client.',
    gate: () =>
      changedRequest('requestChat', request => ({
        ...request,
        userData: { ...request.userData, GCTI_Chat_AsyncMode: 'no' },
      })),
  },
  {
    name: 'idle-alert-halved',
    rules: ['CS-021', 'OPT-030'],
    does: 'The alert comes after half of async-idle-alert.',
    looksLike: 'Two timers of the same option are running.',
    gate: () => timesAsLong('settings', 'async-idle-alert', 0.5),
  },
  {
    name: 'idle-alert-doubled',
    rules: ['CS-021', 'OPT-030'],
    does: 'The alert comes after twice async-idle-alert.',
    looksLike: 'The sessions are looked at once a day.',
    gate: () => timesAsLong('settings', 'async-idle-alert', 2),
  },
  {
    name: 'alert-with-text-of-close',
    rules: ['CS-021', 'OPT-061'],
    does: 'The alert has the text of message-alert2.',
    looksLike: 'A line was copied.',
    gate: () =>
      changedOption('inactivity-control', 'message-alert', text => text && 'Chat session will be closed now.'),
  },
  {
    name: 'alert-without-status',
    rules: ['CS-022'],
    does: 'The alert leaves GCTI_Chat_AsyncStatus as it was.',
    looksLike: 'The update of the interaction fails, and nobody looks at its answer.',
  },
  {
    name: 'alert-without-check-at',
    rules: ['CS-022'],
    does: 'The alert does not set GCTI_Chat_AsyncCheckAt.',
    looksLike: 'The property is written in another place, which is not reached.',
  },
  {
    name: 'close-despite-activity',
    rules: ['CS-023'],
    does: 'Activity after the alert does not call the close off.',
    looksLike: 'The second timer is not known to the code that restarts the first.',
  },
  {
    name: 'alert-only-once',
    rules: ['CS-023'],
    does: 'Activity after the alert calls the close off, and the alert timer is not started again.',
    looksLike: 'The timer is stopped where it had to be restarted: the session lives for ever.',
  },
  {
    name: 'idle-close-doubled',
    rules: ['CS-024', 'OPT-031'],
    does: 'The close comes after twice async-idle-close.',
    looksLike: 'The timer is started once more by the alert that it sends.',
    gate: () => timesAsLong('settings', 'async-idle-close', 2),
  },
  {
    name: 'idle-close-halved',
    rules: ['CS-024', 'OPT-031'],
    does: 'The close comes after half of async-idle-close.',
    looksLike: 'Alert and close share a timer that runs twice as fast for two.',
    gate: () => timesAsLong('settings', 'async-idle-close', 0.5),
  },
  {
    name: 'idle-close-without-text',
    rules: ['CS-024'],
    does: 'The session is closed without the text of message-close.',
    looksLike: 'The participants are removed before they are told.',
    gate: () => changedOption('inactivity-control', 'message-close', () => ''),
  },
  {
    name: 'idle-close-leaves-session',
    rules: ['CS-024'],
    does: 'The text of message-close comes, and the session goes on.',
    looksLike: 'The close is left to the workflow, which does not know.',
  },
  {
    name: 'idle-close-as-workflow-stop',
    rules: ['CS-025'],
    does: 'A session closed for inactivity removes the customer with reason 5.',
    looksLike: 'The session is closed by the routine of the workflow.',
    gate: () => changedQuitReason('7', '5'),
  },
  {
    name: 'empty-text-stops-idle-control',
    rules: ['CS-026'],
    does: 'Without a text for the alert the idle control stops.',
    looksLike: 'An empty message is taken for "switched off".',
  },
  {
    name: 'empty-text-is-sent',
    rules: ['CS-026'],
    does: 'An empty message option sends an alert with an empty text.',
    looksLike: 'The option is not looked at before the notice is built.',
  },
  {
    name: 'async-control-needs-agent',
    rules: ['CS-027'],
    does: 'The async idle timers do nothing while no agent is in the session.',
    looksLike: 'The condition of the regular inactivity control is shared.',
  },
  {
    name: 'agent-joining-is-no-activity',
    rules: ['CS-028'],
    does: "An agent's coming does not restart the idle timer.",
    looksLike: 'Joins are handled before the timer exists.',
    gate: () => counts(false, event => isAgent(event) && event.type === 'ParticipantJoined'),
  },
  {
    name: 'agent-leaving-is-no-activity',
    rules: ['CS-028'],
    does: "An agent's leaving does not restart the idle timer.",
    looksLike: 'The party is gone when its event is looked at.',
    gate: () => counts(false, event => isAgent(event) && event.type === 'ParticipantLeft'),
  },
  {
    name: 'agent-message-is-no-activity',
    rules: ['CS-028'],
    does: 'Only messages of the customer restart the idle timer.',
    looksLike: 'The timer watches the customer, not the session.',
    gate: () => counts(false, event => isAgent(event) && event.type === 'Message'),
  },
  {
    name: 'customer-message-is-no-activity',
    rules: ['CS-028'],
    does: 'Only messages of agents restart the idle timer.',
    looksLike: 'The timer watches the agent, not the session.',
    gate: () => counts(false, event => event.from.type === 'Client' && event.type === 'Message'),
  },
  {
    name: 'url-counts-under-none',
    rules: ['CS-029'],
    does: 'async-idle-notices=none counts as major.',
    looksLike: 'The word is not known and gives way to the default.',
    gate: () => changedOption('settings', 'async-idle-notices', word => (word === 'none' ? 'major' : word)),
  },
  {
    name: 'major-without-url',
    rules: ['CS-029'],
    does: 'async-idle-notices=major does not count a pushed URL.',
    looksLike: 'Only the file notices were entered.',
    gate: () => counts(false, event => event.type === 'PushUrl'),
  },
  {
    name: 'major2-as-major',
    rules: ['CS-029'],
    does: 'async-idle-notices=major2 counts as major.',
    looksLike: 'A version before 8.5.310.09.',
    gate: () => changedOption('settings', 'async-idle-notices', word => (word === 'major2' ? 'major' : word)),
  },
  {
    name: 'typing-counts-its-end',
    rules: ['CS-029'],
    does: 'async-idle-notices=typing counts the end of typing, too.',
    looksLike: 'Both notices are one type with a flag.',
    gate: () => {
      let isTyping = false
      return {
        option(_section, option, value) {
          if (option === 'async-idle-notices') isTyping = value === 'typing'
          return value
        },
        activity: (event, _about, documented) => documented || (isTyping && event.type === 'TypingStopped'),
      }
    },
  },
  {
    name: 'all-without-nickname',
    rules: ['CS-029'],
    does: 'async-idle-notices=all does not count a new nickname.',
    looksLike: 'The nickname is changed without a notice.',
    gate: () => counts(false, event => event.type === 'NicknameUpdated'),
  },
  {
    name: 'bot-is-activity',
    rules: ['CS-030'],
    does: 'What a bot says restarts the idle timer.',
    looksLike: 'A bot is a party like another.',
    gate: () =>
      counts(true, ({ from, type }) => from.type === 'External' && from.nickname !== 'system' && type === 'Message'),
  },
  {
    name: 'agent-only-is-activity',
    rules: ['CS-030'],
    does: 'A message that only agents see restarts the idle timer.',
    looksLike: 'The visibility is decided after the timer was restarted.',
    gate: () => counts(true, (_event, { isAgentOnly }) => isAgentOnly),
  },
  {
    name: 'ping-holds-up-idle-alert',
    rules: ['CS-031'],
    does: 'Every request of the client restarts the idle timer, a refresh included.',
    looksLike: 'One place for all activity: no session with pings is ever idle.',
  },
  {
    name: 'idle-alert-as-message',
    rules: ['CS-032'],
    does: 'The alert enters the transcript as a message.',
    looksLike: 'The text is sent like a text of the workflow.',
    gate: () => ({ event: event => (event.type === 'IdleAlert' ? { ...event, type: 'Message' } : event) }),
  },
  {
    name: 'idle-close-as-notice',
    rules: ['CS-032'],
    does: 'The close enters the transcript as a custom notice.',
    looksLike: 'The type of the notice is not mapped to one of the API.',
    gate: () => ({ event: event => (event.type === 'IdleClose' ? { ...event, type: 'CustomNotice' } : event) }),
  },
  {
    name: 'dormant-not-woken',
    rules: ['CS-033'],
    does: 'A message of the customer leaves a dormant session as it is.',
    looksLike: 'The status is written by the agent desktop only: the interaction is never routed again.',
  },
  {
    name: 'regular-control-on',
    rules: ['CS-034'],
    does: 'Regular inactivity control runs without being enabled.',
    looksLike: 'The default of an older version.',
    gate: () => changedOption('inactivity-control', 'enabled', () => 'true'),
  },
  {
    name: 'regular-alert-doubled',
    rules: ['CS-035'],
    does: 'The regular alert comes after twice timeout-alert.',
    looksLike: 'The timer is read in steps of its own length.',
    gate: () => timesAsLong('inactivity-control', 'timeout-alert', 2),
  },
  {
    name: 'regular-second-alert-lost',
    rules: ['CS-035'],
    does: 'timeout-alert2 has no effect.',
    looksLike: 'The second stage was added to the options and not to the timer.',
    gate: () => changedOption('inactivity-control', 'timeout-alert2', () => '0'),
  },
  {
    name: 'regular-close-doubled',
    rules: ['CS-035'],
    does: 'The regular close comes after twice timeout-close.',
    looksLike: 'The alert restarts the timer that sent it.',
    gate: () => timesAsLong('inactivity-control', 'timeout-close', 2),
  },
  {
    name: 'regular-notices-ignored',
    rules: ['CS-035'],
    does: 'include-notices has no effect on the regular control.',
    looksLike: 'The word is read for asynchronous chats only.',
    gate: () => changedOption('inactivity-control', 'include-notices', () => 'none'),
  },
  {
    name: 'bot-is-nobody-for-regular-control',
    rules: ['CS-035'],
    does: 'A bot that joins does not start the regular control anew.',
    looksLike: 'The rule of asynchronous chats about bots is applied to all.',
    gate: () => ({
      activity: ({ from }, { isAsync }, documented) => documented && (isAsync || from.type !== 'External'),
    }),
  },
  {
    name: 'regular-control-stays-on',
    rules: ['CS-036'],
    does: 'Regular inactivity control that was on once cannot be switched off for running sessions.',
    looksLike: 'The timers that run are forgotten when the option changes.',
    gate: () => {
      let wasOn = false
      return changedOption('inactivity-control', 'enabled', value => {
        wasOn ||= value === 'true'
        return wasOn ? 'true' : value
      })
    },
  },
  {
    name: 'regular-control-at-start',
    rules: ['CS-036'],
    does: 'Switching regular inactivity control has no effect on a running server.',
    looksLike: 'The switch is read when the server starts.',
    gate: () => firstValue('inactivity-control', 'enabled'),
  },
])
