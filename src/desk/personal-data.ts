import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ApplicationId, MerchantId } from '../shared/ids.js';
import { PersonalDataRepository } from './personal-data.repository.js';

/** Whose data: a merchant with the application that they filed, or an applicant whom it made nobody. */
export interface Person {
  merchantId: MerchantId | null;
  applicationId: ApplicationId;
}

/** What a table holds about a person. */
export interface PersonalTable {
  entity: new () => object;
  /** Which rows are a person's: a condition with `:merchant` and `:application`, by an index. */
  rows: string;
  /** Properties that an export leaves out: what others' secrets, or the program's own, are made of. */
  hidden?: readonly string[];
  /**
   * What erasing does: deletes the rows, sets columns (each to an expression of SQL), or keeps them, since they name a person by nothing but an
   * id that nobody can resolve any more. A function changes so many rows at most, and says how many it changed.
   */
  erased: 'deleted' | 'kept' | Readonly<Record<string, string>> | EraseRows;
  /** Which of the rows are still to be changed, where a person may have very many: they are changed in pieces. */
  left?: string;
}

type EraseRows = (tx: EntityManager, person: Person, limit: number) => Promise<number>;

/** What must not be open when a person is erased. */
export interface OpenMatter {
  code: 'erasure.money-open' | 'erasure.work-open';
  /** One sentence: what is open. */
  detail: string;
  /** Finds a row while it is; with `:merchant` and `:application`. */
  sql: string;
}

/** Rows that are changed in one transaction. */
const PIECE = 1000;

/** Everything that is held about a person, in whichever room. */
@Injectable()
export class PersonalData {
  private readonly sources: PersonalDataSource[] = [];

  constructor(private readonly repository: PersonalDataRepository) {}

  enrol(source: PersonalDataSource): void {
    this.sources.push(source);
  }

  /** Every table that holds something about people. */
  get tables(): readonly PersonalTable[] {
    return this.sources.flatMap(({ tables }) => tables);
  }

  /** The first matter that is open; null: nothing is. */
  async openMatter(tx: EntityManager, person: Person): Promise<OpenMatter | null> {
    for (const matter of this.sources.flatMap(({ openMatters }) => openMatters))
      if (await this.repository.isOpen(tx, person, matter)) return matter;
    return null;
  }

  /** All rows about a person as JSON, piece by piece: an object with a list for each table. Read it at one moment. */
  async *export(tx: EntityManager, person: Person): AsyncGenerator<string> {
    let before = '{';
    for (const table of this.tables) {
      yield `${before}\n"${this.repository.nameOf(table)}": [`;
      let comma = '';
      for await (const row of this.repository.rowsOf(tx, person, table)) {
        yield `${comma}\n${JSON.stringify(row, wireOf)}`;
        comma = ',';
      }
      yield ']';
      before = ',';
    }
    yield '\n}\n';
  }

  /** Changes a piece of what a person may have very many rows of; false: nothing is left. Each piece is a transaction of its own. */
  async eraseMany(tx: EntityManager, person: Person): Promise<boolean> {
    for (const table of this.tables)
      if (table.left !== undefined && (await this.repository.erase(tx, person, table, PIECE)) > 0) return true;
    return false;
  }

  /** Takes everything else out, at once. */
  async erase(tx: EntityManager, person: Person): Promise<void> {
    for (const table of this.tables)
      if (table.left === undefined) await this.repository.erase(tx, person, table, PIECE);
  }
}

/** What one room holds about people. It enrols itself with {@link PersonalData}. */
@Injectable()
export abstract class PersonalDataSource {
  constructor(personalData: PersonalData) {
    personalData.enrol(this);
  }

  abstract readonly tables: readonly PersonalTable[];
  readonly openMatters: readonly OpenMatter[] = [];
}

/** Sums are written as text: a double would round them. */
function wireOf(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
