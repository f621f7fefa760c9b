import type { Frame } from './fake-books.ts'
import type { Falsification } from './falsification.ts'

/** What may be lost between us and ourselves. */
export const falsifiedFrames: readonly Falsification[] = [
  {
    name: 'a shard’s frame of answers is lost',
    touchFrames(frames, pick) {
      pick(frames.filter(frame => 'rows' in frame && frame.rows.every(({ row }) => row.operation === 'ping'))).lost =
        'answers'
    },
    found: {
      payload: {
        sessions_without_ping: 1,
        answers: -1,
        fault: 'shard 0: the answers of frame 104 are missing; shards: 179 answers, but 178 in their rows',
      },
      reliable: {
        answers: -1,
        fault: 'shard 0: the answers of frame 80 are missing; shards: 169 answers, but 168 in their rows',
      },
      'device-id': {
        answers: -1,
        fault: 'shard 0: the answers of frame 111 are missing; shards: 182 answers, but 181 in their rows',
      },
    },
  },
  {
    name: 'a shard’s frame is lost altogether',
    touchFrames(frames, pick) {
      pick(frames.filter(frame => 'rows' in frame && frame.rows.every(({ row }) => row.operation === 'ping'))).lost =
        'all'
    },
    found: {
      payload: {
        pings_sent: -1,
        answers: -1,
        fault:
          'shard 0: frame 50 is missing, 51 came; shard 0: 179 rows sent, but 178 came; shards: 14 pings_sent, but 13 in their rows; shards: 179 answers, but 178 in their rows',
      },
      reliable: {
        pings_sent: -1,
        answers: -1,
        fault:
          'shard 0: frame 34 is missing, 35 came; shard 0: 169 rows sent, but 168 came; shards: 24 pings_sent, but 23 in their rows; shards: 169 answers, but 168 in their rows',
      },
      'device-id': {
        pings_sent: -1,
        answers: -1,
        fault:
          'shard 0: frame 111 is missing, 112 came; shard 0: 182 rows sent, but 181 came; shards: 14 pings_sent, but 13 in their rows; shards: 182 answers, but 181 in their rows',
      },
    },
  },
  {
    name: 'a shard’s frame with a notification is lost altogether',
    touchFrames(frames, pick) {
      pick(frames.filter(isOneNotification)).lost = 'all'
    },
    found: {
      comet: {
        'bayeux-connect-reply': -1,
        delivered: -1,
        lost: 1,
        posts: -1,
        fault:
          'shard 0: frame 100 is missing, 101 came; shard 0: 423 rows sent, but 421 came; shards: 108 notifications, but 107 in their rows; shards: 223 arrivals, but 222 in their rows',
      },
    },
  },
  {
    name: 'the messages of a frame with a notification are lost',
    touchFrames(frames, pick) {
      pick(frames.filter(isOneNotification)).lost = 'answers'
    },
    found: {
      comet: {
        'bayeux-connect-reply': -1,
        delivered: -1,
        lost: 1,
        posts: -1,
        fault: 'shard 0: the answers of frame 108 are missing; shards: 108 notifications, but 107 in their rows',
      },
    },
  },
  {
    name: 'a frame of the receiver is lost',
    touchFrames(frames, pick) {
      pick(frames.filter(frame => 'posts' in frame && frame.posts.length === 1)).lost = 'all'
    },
    found: {
      payload: {
        delivered: -1,
        lost: 1,
        posts: -1,
        fault: 'receiver: frame 20 is missing, 21 came; receiver sockets: 133 POSTs read, but 132 in the ledger',
      },
      reliable: {
        delivered: -1,
        covered: 1,
        posts: -1,
        'samples of push_latency': -1,
        fault: 'receiver: frame 54 is missing, 55 came; receiver sockets: 85 POSTs read, but 84 in the ledger',
      },
      'device-id': {
        delivered: -1,
        lost: 1,
        posts: -1,
        'samples of push_latency': -18,
        fault: 'receiver: frame 9 is missing, 10 came; receiver sockets: 123 POSTs read, but 122 in the ledger',
      },
    },
  },
  {
    name: 'a POST is counted at the socket and not observed',
    touchFrames(frames, pick) {
      const frame = pick(frames.filter(each => 'posts' in each))
      if ('posts' in frame) frame.counted += 1
    },
    found: {
      payload: { 'POSTs at the sockets': 1, fault: 'receiver sockets: 134 POSTs read, but 133 in the ledger' },
      reliable: { 'POSTs at the sockets': 1, fault: 'receiver sockets: 86 POSTs read, but 85 in the ledger' },
      'device-id': { 'POSTs at the sockets': 1, fault: 'receiver sockets: 124 POSTs read, but 123 in the ledger' },
    },
  },
]

/** With the response that brought it. */
function isOneNotification(frame: Frame): boolean {
  return 'rows' in frame && frame.rows.length === 2 && frame.rows[0]!.row.operation === 'notification'
}
