import type { Counter, Instant, LatencyMetric, Phase } from './instants.ts'

/** One sentence each; from and to stand beside it. */
export const latencyMeanings: Record<LatencyMetric, string> = {
  push_latency:
    'How long after its planned instant an event was pushed: the first POST for it. With payload the POST carries the event; a reliable notice stands for the highest index it tells of; without payload the n-th POST of a device is the n-th pushed event.',
  push_pipeline: 'The way of an event from its index in Chat Server to our receiver.',
  queue_wait: 'How long a notice waited in the queue of its node for the POSTs before it.',
  push_service_time: 'How long a POST took, the answer of the receiver included.',
  request_chat_latency: 'Starting a chat.',
  send_latency: 'Sending a message of the customer.',
  refresh_latency: 'A refresh that a push caused, or the last one of a session.',
  ping_latency: 'A sparse refresh that keeps a session alive.',
  disconnect_latency: 'Ending a chat by its customer.',
  upload_latency: 'Sending a file that is to be accepted, to the answer with its id.',
  download_latency: 'Fetching a file, to its last byte.',
  notification_latency:
    'How long after its planned instant an event was heard by a CometD client: its notification, or after a lost connection the answer that brought it.',
  resume_latency:
    'How long a CometD client was away: from the loss of its connection to the answer with what it missed, its own waiting before the next try included.',
  confirm_time: 'How long after a push its refresh was answered, which is the confirmation of a reliable one.',
  wakeup_delay:
    'How long after a push our generator sent its refresh: our own cost, a limit of validity and never latency of the target.',
  schedule_lateness: 'How late our generator sent what was planned and ready: a limit of validity as well.',
  intake_delay:
    'How long our receiver took to look at a stamped probe that a second thread posts every 100 ms: a limit of validity as well.',
  hearing_delay:
    'How long a notification that had come over CometD waited until our generator looked at it: a limit of validity as well. Over long polling it is what of a poll was neither network nor target. Where our generator stood still, it is as long as the notification may have lain unread.',
  sample_lag:
    'How far our collector was behind the generator: a frame of samples from its send to its reading. A long queue loses nothing, so it is a reason in a sentence and no limit.',
}

export const counterMeanings: Record<Counter, string> = {
  sessions_started: 'chats that were requested',
  sessions_live: 'the most chats that were live at the same time',
  sessions_without_push: 'chats of which no push was answered by a refresh',
  sessions_without_ping: 'chats of which no ping was answered',
  messages_sent: 'messages of customers that were sent',
  pings_sent: 'pings that were sent',
  files_uploaded: 'files that were accepted',
  files_downloaded: 'files that came back as they were uploaded',
  files_refused:
    'file requests that went beyond a limit on purpose and were refused for it: no failures, and in no latency',
  pushes_received: 'POSTs that our receiver read from its sockets',
  pushes_repeated: 'reliable notices with an attempt above 0: documented behaviour when a confirmation is late',
  pushes_duplicate: 'the same notice again without need; a violation',
  pushes_foreign: 'POSTs for an event or a session that does not exist; a violation',
  pushes_lost: 'events of which no push came in the time that is waited',
  pushes_open: 'events of which no push had come while POSTs were still coming at the end of the waiting',
  pushes_out_of_order: 'pushes of a session that came before one with a lower index',
  notifications_received: 'CometD notifications that came unasked',
  notifications_by_resume:
    'events that the answer to a resume brought instead, or to a request that was under way when they happened',
  notifications_repeated:
    'notifications of events that the answer to a resume had brought, on their way since before it (long polling only): allowed',
  notifications_duplicate: 'notifications of events that were heard before; a violation',
  notifications_foreign: 'notifications of events that are not for this client; a violation',
  notifications_lost: 'events that a CometD client had to hear and did not in the time that is waited',
  notifications_open: 'events that had not been heard while notifications were still coming at the end of the waiting',
  notifications_out_of_order: 'notifications of a session that came after one with a higher index; a violation',
  connections_lost: 'CometD connections that were lost in mid-chat, those that `--cut` cut included',
  connections_resumed: 'CometD connections that were lost and resumed',
  schema_violations: 'messages that break a schema',
  rule_violations: 'rules broken by messages whose shape is right',
  requests_failed: 'requests with an outcome that the rules do not allow there, and actions that were blocked',
  ended_in_flight: "sends that met the agent's close: allowed, and no failure",
  dropped_iterations:
    'actions that were ready and not sent within 1 s or before their phase ended: our failure, the run is invalid',
  actions_blocked:
    "actions that were never ready before the drain ended: the target's failure, part of `requests_failed`",
}

/** When, and by whose clock. */
export const instantMeanings: Record<Instant, readonly [when: string, clock: string]> = {
  planned: [
    "the schedule of the seed wants the action; an answer of the agent is planned a reply delay after the customer's planned send",
    'generator',
  ],
  ready: ['what the action needs is there: the tokens, the answer before it', 'generator'],
  sent: ['the request is handed to the network', 'generator'],
  accepted: ['Chat Server gives the event its index', 'server, by its trace'],
  queued: ['the notification reaches its node', 'server, by its trace'],
  begun: ['the POST of the notification begins', 'server, by its trace'],
  answered: ['the POST is answered; of a request: its answer is there', 'server, by its trace; generator'],
  received: ['the receiver first looks at the POST, before it parses', 'receiver'],
  validated: ['the body is checked against its schema', 'receiver'],
  confirmed: ['the refresh that the push caused is answered', 'generator'],
}

export const phaseMeanings: Record<Phase, string> = {
  'warm-up': 'until each session was started, and `--warm-up` more',
  steady: '`--hold`: what is judged for latency and rates',
  drain:
    'nothing new; pushes settle, each session refreshes once from position 1, settles, disconnects and settles again',
}
