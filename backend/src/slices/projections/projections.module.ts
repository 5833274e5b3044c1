import { Module } from '@nestjs/common'
import { ProjectionsHttp } from './projections.http.js'

/** How the read models stand, for admins. */
@Module({ controllers: [ProjectionsHttp] })
export class ProjectionsModule {}
