import type { OptionName, profileNames } from './table.ts'

export type Preset = Partial<Record<OptionName, string>>

/** Named sets of options; what is given beside them wins. */
export const profiles: Record<(typeof profileNames)[number], Preset> = {
  // Every part once, in about 10 s.
  smoke: {
    sessions: '20',
    arrival: '20/s',
    'warm-up': '1s',
    hold: '5s',
    // Enough for a p99 with an upper bound: 368 samples.
    'message-rate': '60/s',
    'agent-rate': '50/s',
    'reply-delay': 'uniform(200ms,800ms)',
    'ping-interval': '2s',
    push: 'reliable:0.5,payload:0.5',
  },
  // The main job: about 45 s in all, 2,000 joins + 23 s × (80 + 90)/s = 5,900 pushes, some 500 requests a second:
  // a quarter of what generator, servers and receiver carry together on two cores.
  demo: {
    sessions: '2000',
    arrival: '250/s',
    'warm-up': '3s',
    hold: '20s',
    'message-rate': '80/s',
    'agent-rate': '90/s',
    'reply-delay': 'uniform(500ms,2s)',
    'ping-interval': '10s',
    push: 'reliable:0.5,payload:0.5',
    // The main job shows the whole way of every chat: none may go without it.
    threshold: 'sessions_without_push count==0;sessions_without_ping count==0',
  },
  // An average day of one node: 10,000 async chats.
  load: {
    sessions: '10000',
    arrival: '100/s',
    'warm-up': '30s',
    hold: '10m',
    'message-rate': '50/s',
    'agent-rate': '50/s',
    'reply-delay': 'lognorm(5s,60s)',
    'ping-interval': '30m',
  },
  // Hours with sessions that come and go: leaks and drift show here.
  soak: {
    sessions: '10000',
    arrival: '50/s',
    'session-length': 'exp(1h)',
    'warm-up': '5m',
    hold: '8h',
    'message-rate': '20/s',
    'agent-rate': '20/s',
    'reply-delay': 'lognorm(5s,60s)',
    'ping-interval': '30m',
  },
  // One trial of a search in about 20 s; find-capacity takes it when no profile is named. Only with a short resend delay is
  // a lost push known soon.
  quick: {
    sessions: '50',
    arrival: '50/s',
    'warm-up': '2s',
    hold: '10s',
    observe: '12s',
    set: 'settings.flex-push-resend-delay=1',
  },
}

/** What a scenario means by its name, whatever a profile says; only what is given beside it wins. */
export const scenarioFixed: Record<string, Preset> = {
  // Its customers hear over CometD alone, and CometD itself tells the server that a customer is there.
  'cometd-chat': { push: 'off', 'ping-interval': '0', threshold: '' },
}

/** What a scenario means by its name, below profile and given options. */
export const scenarioPresets: Record<string, Preset> = {
  // A fixed push rate: agents speak unprompted, customers keep silent.
  'push-latency': { 'ping-interval': '0', 'message-rate': '0', 'agent-rate': '100/s' },
  'cometd-chat': { transport: 'websocket', push: 'off', 'ping-interval': '0' },
  // Each chat comes to its limits, and then to its end. It uploads little by then, so few that a p99 has no bound; a file
  // that is too large stays small enough for k6.
  'file-transfer': {
    sessions: '50',
    'session-length': 'uniform(20s,40s)',
    'file-rate': '40/s',
    threshold: 'upload_latency p(90)<500;download_latency p(95)<500;files_refused count>0',
    set: 'client-file-transfer.upload-need-agent=false;client-file-transfer.upload-max-file-size=65536',
  },
}
