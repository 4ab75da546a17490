import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../../access/index.js';
import { DatabaseModule } from '../../database/index.js';
import { DayCounter } from './day-counter.js';
import { DayCountRepository } from './day-count.repository.js';
import { figureEntities } from './figure.entities.js';
import { FigureController } from './figure.controller.js';
import { FigureRepository } from './figure.repository.js';
import { FigureService } from './figure.service.js';

/** Counts and sums by day, kept up by a worker. */
@Module({
  imports: [TypeOrmModule.forFeature(figureEntities), AccessModule, DatabaseModule],
  controllers: [FigureController],
  providers: [DayCounter, DayCountRepository, FigureRepository, FigureService],
  exports: [DayCounter],
})
export class FiguresModule {}
