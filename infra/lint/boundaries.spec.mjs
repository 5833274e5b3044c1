import { expect, it } from 'vitest'
import { allows, targetOf } from './boundaries.mjs'

const playback = 'backend/src/slices/playback/playback.http.ts'
const may = (file, specifier) => allows(file, targetOf(file, specifier))

it.each([
  [playback, './playback.js'],
  [playback, '../../platform/eventing/decider.js'],
  [playback, '@projectionist/shared/events/playback'],
  [playback, '@nestjs/common'],
  ['backend/src/slices/ingest/names/film.ts', '../walk.js'],
  ['backend/src/slices/all.ts', './playback/playback.module.js'],
  ['backend/src/slices/playback/playback.int.spec.ts', '../../adapters/event-store/memory/memory-event-store.js'],
  ['backend/src/adapters/event-store/postgres/writer.ts', '../memory/memory-event-store.js'],
  ['backend/src/app.module.ts', './adapters/ffmpeg/ffmpeg.js'],
  ['backend/src/embedded/supervise.ts', '../platform/processes/guard.js'],
  ['shared/src/api/items.ts', '../events/item.js'],
  ['shared/src/api/items.ts', 'zod'],
  ['frontend/src/features/home/home.tsx', '../../ui/button.js'],
  ['frontend/src/features/home/home.tsx', '../../player/engine.js'],
  ['frontend/src/app/router.tsx', '../features/home/home.js'],
])('%s may import %s', (file, specifier) => expect(may(file, specifier)).toBe(true))

it.each([
  [playback, '../ingest/walk.js'],
  [playback, '../../adapters/ffmpeg/ffmpeg.js'],
  [playback, '../../embedded/postgres.js'],
  [playback, '../all.js'],
  ['backend/src/platform/sql/sql.ts', '../../slices/playback/playback.js'],
  ['backend/src/platform/sql/sql.ts', '../../adapters/ffmpeg/ffmpeg.js'],
  ['backend/src/adapters/ffmpeg/hls.ts', '../../slices/playback/playback.js'],
  ['backend/src/adapters/ffmpeg/hls.ts', '../event-store/memory/memory-event-store.js'],
  ['backend/src/embedded/redis.ts', '../platform/telemetry/logger.js'],
  ['shared/src/api/items.ts', 'react'],
  ['shared/src/events/item.ts', '../api/items.js'],
  ['frontend/src/features/home/home.tsx', '../library/grid.js'],
  ['frontend/src/features/home/home.tsx', '../../app/router.js'],
  ['frontend/src/ui/button.tsx', '../features/home/home.js'],
  ['frontend/src/ui/button.tsx', '@tanstack/react-query'],
  ['frontend/src/player/engine.ts', 'react'],
  ['frontend/src/player/engine.ts', '../ui/button.js'],
])('%s may not import %s', (file, specifier) => expect(may(file, specifier)).toBe(false))
