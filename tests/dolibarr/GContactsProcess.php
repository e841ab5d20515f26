<?php
/* Copyright (C) 2026 The GContacts authors
 *
 * This program is free software: you can redistribute it and/or modify
 * it under the terms of the GNU General Public License as published by
 * the Free Software Foundation, either version 3 of the License, or
 * (at your option) any later version.
 *
 * This program is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
 * GNU General Public License for more details.
 *
 * You should have received a copy of the GNU General Public License
 * along with this program.  If not, see https://www.gnu.org/licenses/.
 */

/**
 * \file    tests/dolibarr/GContactsProcess.php
 * \ingroup gcontacts
 * \brief   Another PHP process of the site, next to the test
 */

/**
 * A command line PHP with the settings of the site: to work beside the test, to be killed, or to have other settings.
 */
class GContactsProcess
{
	/** @var array<int,self> Those that the present test has started */
	private static $started = array();

	/** @var resource The process */
	private $process;

	/** @var array<int,string> The files of its standard output and error */
	private $outputs = array();

	/** @var int|null How it ended */
	private $code;

	/**
	 * Starts a script
	 *
	 * @param array<int,string>    $command Script and its arguments
	 * @param array<string,string> $ini     Settings of PHP
	 * @param bool                 $bare    True to leave out the site's own settings, and with them the extension
	 */
	public function __construct(array $command, array $ini = array(), bool $bare = false)
	{
		$environment = getenv();
		if ($bare) {
			unset($environment['PHP_INI_SCAN_DIR']);
			$ini += array('date.timezone' => date_default_timezone_get(), 'log_errors' => '1', 'error_log' => getenv('GCONTACTS_SITE_HOME').'/logs/php-errors.log');
		}
		$words = array(PHP_BINARY);
		foreach ($ini + array('display_errors' => 'stderr') as $name => $value) {
			array_push($words, '-d', $name.'='.$value);
		}
		$files = array(0 => array('file', '/dev/null', 'r'));
		foreach (array(1, 2) as $stream) {
			$this->outputs[$stream] = (string) tempnam(sys_get_temp_dir(), 'gcontacts');
			$files[$stream] = array('file', $this->outputs[$stream], 'w');
		}
		$this->process = proc_open(array_merge($words, $command), $files, $pipes, null, $environment);
		self::$started[] = $this;
	}

	/**
	 * Leaves no files behind
	 */
	public function __destruct()
	{
		array_map('unlink', $this->outputs);
	}

	/**
	 * Kills all that still run: what they would store later would stand in the way of another test
	 *
	 * @return void
	 */
	public static function endAll(): void
	{
		foreach (self::$started as $process) {
			$process->kill();
		}
		self::$started = array();
	}

	/**
	 * A drain by the module's script
	 *
	 * @param  array<string,string> $ini Settings of PHP
	 * @return self
	 */
	public static function drain(array $ini = array()): self
	{
		return self::script(array('drain', '--json'), $ini);
	}

	/**
	 * The module's script
	 *
	 * @param  array<int,string>    $arguments Arguments
	 * @param  array<string,string> $ini       Settings of PHP
	 * @param  bool                 $bare      True to leave out the extension
	 * @return self
	 */
	public static function script(array $arguments, array $ini = array(), bool $bare = false): self
	{
		return new self(array_merge(array(DOL_DOCUMENT_ROOT.'/custom/gcontacts/scripts/gcontacts.php'), $arguments), $ini, $bare);
	}

	/**
	 * Processes that do it at the same moment: each says "ready", and goes on once the file is there that its last argument names
	 *
	 * @param  array<int,array<int,string>> $commands Scripts and their arguments, without the last one
	 * @return array<int,self>
	 */
	public static function together(array $commands): array
	{
		$signal = (string) tempnam(sys_get_temp_dir(), 'gcontacts');
		unlink($signal);
		$processes = array();
		foreach ($commands as $command) {
			$processes[] = new self(array_merge($command, array($signal)));
		}
		foreach ($processes as $process) {
			while (strpos($process->output(1), 'ready') === false) {
				if (!$process->isRunning()) {
					throw new RuntimeException('it ended before the others were ready: '.$process->output());
				}
				usleep(10000);
			}
		}
		touch($signal);
		array_map(function (self $process): int {
			return $process->wait();
		}, $processes);
		unlink($signal);
		return $processes;
	}

	/**
	 * @return bool Whether it has not ended yet
	 */
	public function isRunning(): bool
	{
		if ($this->code === null) {
			$status = proc_get_status($this->process);
			$this->code = $status['running'] ? null : (int) $status['exitcode'];
		}
		return $this->code === null;
	}

	/**
	 * Waits until it has ended
	 *
	 * @param  float $seconds At most
	 * @return int            Exit code; -1 where it was killed
	 */
	public function wait(float $seconds = 120.0): int
	{
		$end = microtime(true) + $seconds;
		while ($this->isRunning()) {
			if (microtime(true) > $end) {
				$this->kill();
				throw new RuntimeException('still running after '.$seconds.' s: '.$this->output());
			}
			usleep(10000);
		}
		return (int) $this->code;
	}

	/**
	 * Kills it where it still runs, with no time to tidy up
	 *
	 * @return void
	 */
	public function kill(): void
	{
		if (!$this->isRunning()) {
			return;
		}
		proc_terminate($this->process, 9);
		while ($this->isRunning()) {
			usleep(1000);
		}
		$this->code = -1;
	}

	/**
	 * What it has written so far
	 *
	 * @param  int    $stream 1 standard output, 2 standard error, 0 both
	 * @return string
	 */
	public function output(int $stream = 0): string
	{
		$text = '';
		foreach ($this->outputs as $number => $file) {
			if ($stream === 0 || $stream === $number) {
				$text .= file_get_contents($file);
			}
		}
		return $text;
	}
}
