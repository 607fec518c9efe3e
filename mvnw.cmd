@echo off
rem Runs Maven on this project: the one on the PATH when it is 3.8 or newer, otherwise Maven 3.9.11, which is downloaded
rem once from Apache's archive (or Maven Central, which holds the same file), checked by its SHA-512 and kept in .m2.
setlocal

set "VERSION=3.9.11"
set "SHA512=03e2d65d4483a3396980629f260e25cac0d8b6f7f2791e4dc20bc83f9514db8d0f05b0479e699a5f34679250c49c8e52e961262ded468a20de0be254d8207076"
set "DISTS=%USERPROFILE%\.m2\fastn-mvnw"
if defined MAVEN_USER_HOME set "DISTS=%MAVEN_USER_HOME%\fastn-mvnw"
set "PINNED=%DISTS%\apache-maven-%VERSION%\bin\mvn.cmd"

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
set "MAJOR="
for /f "tokens=3" %%v in ('""%JAVA%" -version 2>&1" ^| findstr /c:" version "') do for /f "delims=.-" %%m in (%%v) do set "MAJOR=%%m"
if not defined MAJOR (
  echo mvnw: no java is on the PATH and JAVA_HOME names none: install a JDK 17 or newer, for example from adoptium.net. 1>&2
  exit /b 1
)
if %MAJOR% LSS 17 (
  echo mvnw: the java found is older than 17: install a JDK 17 or newer and set JAVA_HOME to it. 1>&2
  exit /b 1
)

set "NEW_ENOUGH="
for /f "tokens=3" %%v in ('mvn --version 2^>nul ^| findstr /c:"Apache Maven"') do for /f "tokens=1,2 delims=." %%a in ("%%v") do (
  if %%a GTR 3 set "NEW_ENOUGH=yes"
  if %%a EQU 3 if %%b GEQ 8 set "NEW_ENOUGH=yes"
)
if defined NEW_ENOUGH (
  call mvn %*
  exit /b
)

if not exist "%PINNED%" call :download
if not exist "%PINNED%" exit /b 1
call "%PINNED%" %*
exit /b

:download
echo mvnw: no Maven 3.8 or newer on the PATH, downloading Maven %VERSION% to %DISTS% 1>&2
powershell -NoProfile -ExecutionPolicy Bypass -Command ^
  "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue';" ^
  "$file = 'apache-maven-' + $env:VERSION + '-bin.zip';" ^
  "$work = Join-Path $env:DISTS ([guid]::NewGuid()); New-Item -ItemType Directory -Force $work | Out-Null;" ^
  "$got = $false;" ^
  "foreach ($base in @('https://archive.apache.org/dist/maven/maven-3/' + $env:VERSION + '/binaries/', 'https://repo1.maven.org/maven2/org/apache/maven/apache-maven/' + $env:VERSION + '/')) {" ^
  "  try { Invoke-WebRequest -UseBasicParsing ($base + $file) -OutFile (Join-Path $work $file); $got = $true; break } catch { } };" ^
  "if (-not $got) { [Console]::Error.WriteLine('mvnw: Maven ' + $env:VERSION + ' could not be downloaded (no network, or a proxy in between): install Maven 3.8 or newer and try again.'); exit 1 };" ^
  "if ((Get-FileHash -Algorithm SHA512 (Join-Path $work $file)).Hash -ne $env:SHA512) { [Console]::Error.WriteLine('mvnw: the downloaded file has another SHA-512 than Maven ' + $env:VERSION + ': try again, or install Maven 3.8 or newer.'); exit 1 };" ^
  "Expand-Archive (Join-Path $work $file) $work; Move-Item (Join-Path $work ('apache-maven-' + $env:VERSION)) $env:DISTS; Remove-Item -Recurse -Force $work"
exit /b
