/**
 * Settings of the embedded PostgreSQL: durable, small, and quiet when idle.
 *
 * @param memoryBytes of the machine
 */
export function postgresSettings(memoryBytes: number, socketFolder: string): Readonly<Record<string, string>> {
  const megabytes = Math.floor(memoryBytes / 2 ** 20)
  return {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    max_connections: '60',

    shared_buffers: `${within(64, megabytes / 128, 256)}MB`,
    effective_cache_size: `${within(128, megabytes / 2, 16_384)}MB`,
    work_mem: '16MB',
    maintenance_work_mem: `${within(64, megabytes / 64, 256)}MB`,
    random_page_cost: '1.3',
    jit: 'off',

    synchronous_commit: 'on',
    // No replica reads this log; without one, tables that are made and filled in one transaction need no WAL.
    wal_level: 'minimal',
    max_wal_senders: '0',
    wal_compression: 'on',
    min_wal_size: '80MB',
    max_wal_size: '1GB',
    checkpoint_timeout: '15min',

    // Fewer processes, fewer wake-ups.
    io_method: 'sync',
    max_worker_processes: '4',
    max_parallel_workers: '2',
    max_logical_replication_workers: '0',
    autovacuum_worker_slots: '2',
    autovacuum_max_workers: '2',
    autovacuum_naptime: '2min',
    // Tables only grow by appending here: analyse early, so that plans fit after a big scan.
    autovacuum_analyze_scale_factor: '0.05',
    autovacuum_vacuum_cost_limit: '1000',

    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_checkpoints: 'off',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] ',
    log_autovacuum_min_duration: '-1',
  }
}

const within = (least: number, value: number, most: number): number => Math.round(Math.min(most, Math.max(least, value)))
