import { expect, test } from 'vitest'
import {
  bytesText,
  countText,
  durationText,
  elapsedText,
  percentileText,
  percentText,
  threeDigits,
} from './number-text.ts'

test('counts have thousands separators and keep their digits', () => {
  expect([0, 999, 1000, 1234567, 99.95, 1234.5].map(countText)).toEqual([
    '0',
    '999',
    '1,000',
    '1,234,567',
    '99.95',
    '1,234.5',
  ])
})

test('measured values have three digits', () => {
  expect([0, 0.0123, 0.81234, 3.1, 41.26, 99.99, 512.4, 20123].map(threeDigits)).toEqual([
    '0',
    '0.012',
    '0.812',
    '3.10',
    '41.3',
    '100.0',
    '512',
    '20,123',
  ])
})

test('shares near one are not rounded to one', () => {
  expect([0, 0.000073, 0.001, 0.143, 0.9, 0.9999, 1, 1.001].map(percentText)).toEqual([
    '0 %',
    '0.007 %',
    '0.1 %',
    '14.3 %',
    '90 %',
    '99.99 %',
    '100 %',
    '100.1 %',
  ])
})

test('durations and elapsed times', () => {
  expect([0, 1.4, 20, 95, 3600, 86_399].map(durationText)).toEqual([
    '0 s',
    '1.4 s',
    '20 s',
    '1 min 35 s',
    '1 h',
    '23 h 59 min 59 s',
  ])
  expect([0, 95, 5000].map(elapsedText)).toEqual(['0:00', '1:35', '1:23:20'])
})

test('bytes are shown in MiB and GiB', () => {
  expect([48_200_000, 25_204_170_752].map(bytesText)).toEqual(['46.0 MiB', '23.5 GiB'])
})

test('a percentile says that it is unknown or a lower bound', () => {
  expect([
    percentileText({ value: null, needs: 3688 }, 'p999', 412),
    percentileText({ value: 10_000, atLeast: true }, 'p99', 412),
    percentileText({ value: 11.2 }, 'p99', 412),
  ]).toEqual(['not enough samples (n = 412; p99.9 needs 3,688)', '≥ 10,000 ms', '11.2 ms'])
})
