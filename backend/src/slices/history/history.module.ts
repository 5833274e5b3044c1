import { Module } from '@nestjs/common'
import { HistoryHttp } from './history.http.js'

@Module({ controllers: [HistoryHttp] })
export class HistoryModule {}
